// How a simulated Webex behaves where nobody has switched anything.

import type { Switches } from './world.ts';

/** As Webex's documentation says, where it says anything. */
export const initialSwitches: Readonly<Switches> = {
  refreshRenews: 'always',
  refreshToken: 'kept',
  oldAccessToken: 'survives',
  tokenErrorBody: 'webex',
  cardMessages: 'editable',
  organizationIds: 'ORGANIZATION',
  sha256Signature: 'not_sent',
  attachmentActions: 202,
  refreshTokenLifetime: 'said',
  serviceAppOrgId: 'base64',
  serviceAppAccessToken: '14_days',
  machineAccount: 'answered',
  machineAccountReach: 'own',
  privateServiceApps: 'offered',
  secondConsent: 'own_grant',
  scopesOfOthers: 'granted',
  adminAuditScope: 'wanted',
};
