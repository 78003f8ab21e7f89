// What a click on a card can ask for: each subject adds its own names and inputs, so that a button of an unknown action does not compile.

/**
 * The name of each action, with what a button of it sends. The file that answers the action declares it:
 * `declare module './actions.ts' { interface Actions { show: { organization_id: string } } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the subjects fill it.
export interface Actions {}

export type ActionName = keyof Actions;

/** The actions that an organization alone is enough for. */
export type OrganizationAction = {
  [Name in ActionName]: { organization_id: string } extends Actions[Name] ? Name : never;
}[ActionName];

/** The actions that show one page of several. */
export type PagedAction = { [Name in ActionName]: 'page' extends keyof Actions[Name] ? Name : never }[ActionName];
