// The three ways in which an organization is held, and what each of them can do. Probe, scopes and words read this table alone; docs/ways.md explains it.

/**
 * `consent`: an administrator of the organization, or of its partner, consented for this organization. `partner`: the grant of a partner's own organization,
 * which reaches every organization that it manages. `service_app`: a machine account that a full administrator of the organization authorized.
 */
export const WAYS = ['consent', 'partner', 'service_app'] as const;
export type Way = (typeof WAYS)[number];

/** What a grant may be good for, beyond reading the organization itself. */
export type Ability = 'roles' | 'wholesale' | 'contact_center' | 'calling_behaviour' | 'revocation';

interface WayRules {
  /** In words, behind "held by". */
  readonly words: string;
  /** Whether the connection has tokens of its own. */
  readonly hasTokens: boolean;
  /** Whether Webex names the grantor (`GET /people/me`) and the end of the token (`GET /authorizations/tokenExpiry`). */
  readonly namesGrantor: boolean;
  /** What it cannot do, each as a sentence. What is not named here works, as far as the record, the scopes and the grantor's role allow it. */
  readonly cannot: Readonly<Partial<Record<Ability, string>>>;
}

const rules: Readonly<Record<Way, WayRules>> = {
  consent: {
    words: 'the consent of an administrator',
    hasTokens: true,
    namesGrantor: true,
    cannot: {},
  },
  partner: {
    words: 'the grant of the partner',
    hasTokens: false,
    namesGrantor: false,
    cannot: {
      // `GET /roles` has no parameters: it lists those of the token's own organization.
      roles: 'Webex lists the partner’s roles to a partner, not those of its customer.',
      revocation: 'The grant is the partner’s, and serves other organizations too: it is not revoked for one of them.',
    },
  },
  service_app: {
    words: 'a service app',
    hasTokens: true,
    namesGrantor: false,
    cannot: {
      // The wholesale API answers the service provider, and a service app acts for the organization that authorized it.
      wholesale:
        'Webex answers about wholesale customers to their service provider alone, and a service app acts for the organization itself.',
      revocation: 'A full administrator of the organization ends a service app in Control Hub.',
    },
  },
};

/** Who or what holds a connection, in words behind "held by". */
export const wordsOfHolder = (connection: HeldInWay): string =>
  isByOwnApp(connection) ? 'a service app of its own' : rules[connection.way].words;

/** How a connection is held; `appClientId` names the app where it is the organization's own. */
export interface HeldInWay {
  readonly way: Way;
  readonly appClientId?: string | null;
}

/** Whether a service app that the organization has made itself holds it: its tokens were entered by a person, and must be again where they end. */
export const isByOwnApp = (connection: HeldInWay | null | undefined): boolean =>
  connection?.way === 'service_app' && connection.appClientId != null;

/** What is true of a way. */
export const rulesOfWay = (way: Way): WayRules => rules[way];

/** Why a way cannot do this, as a sentence; undefined where it can. */
export const whyWayCannot = (way: Way, ability: Ability): string | undefined => rules[way].cannot[ability];

/**
 * The deadline of a connection that nobody has to renew: one that is held by a partner has none of its own, and our own service app gets its tokens anew
 * without a person. So it lies behind every deadline that warnings, lists and forecasts look for.
 */
export const neverEndsAt = new Date('9999-12-31T00:00:00.000Z');

/** Whether a person has to renew this connection before an end. */
export const hasDeadline = ({ refreshTokenExpiresAt }: { refreshTokenExpiresAt: Date }): boolean =>
  refreshTokenExpiresAt < neverEndsAt;

/** Why a connection is lost that the grant of a partner held: that grant is lost, or the partner manages the organization no more. */
export const lostWithPartner = 'partner_lost';
export const notManaged = 'not_managed';
