// Who asks for a connection, as customers read it.

/** The operator's `PROVIDER_NAME` and `PROVIDER_CONTACT`, where they are set. */
export interface ProviderDeps {
  provider: { name: string | undefined; contact: string | undefined };
  /** The integration's client id, which Control Hub calls App ID. */
  clientId: string;
  botIsKnown: () => boolean;
  botName: () => string;
}

export interface Provider {
  readonly name: string;
  /** An e-mail or web address, a phone number, or words; null where the operator gave none. */
  readonly contact: string | null;
}

/** Without a name of its own, the provider goes by the bot's name, and that by the product's until Webex has said it. */
export function providerOf({ provider, botIsKnown, botName }: Omit<ProviderDeps, 'clientId'>): Provider {
  return { name: provider.name ?? (botIsKnown() ? botName() : 'Hubkeeper'), contact: provider.contact ?? null };
}
