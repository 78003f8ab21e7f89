// Rows of an organization's directory.

const organizationId = '7d4c1f7e-6a0e-4a55-9d0b-0e7a2f7d3a11';

const aRow = (name: string) => ({ organizationId, webexId: name, name, goneAt: null });

export const aRole = (name: string) => ({ ...aRow(name), heldByGrantor: false });

export const aLicense = (name: string, totalUnits: number, consumedUnits: number) => ({
  ...aRow(name),
  totalUnits,
  consumedUnits,
  consumedByUsers: null,
  consumedByWorkspaces: null,
  subscriptionId: null,
  siteUrl: null,
  siteType: null,
});
