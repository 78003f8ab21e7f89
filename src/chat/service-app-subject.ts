// What an event of a service app is about, as one text: the app and the organization. Neither id has a blank.

/** The resource of webhooks that tell of service apps. */
export const serviceApp = 'serviceApp';

export interface ServiceAppSubject {
  /** Webex's id of the app. */
  applicationId: string;
  /** The organization whose administrator has authorized the app, or ended that. */
  webexOrgId: string;
}

export const serviceAppSubject = ({ applicationId, webexOrgId }: ServiceAppSubject): string =>
  `${applicationId} ${webexOrgId}`;

export function readServiceAppSubject(text: string): ServiceAppSubject {
  const [applicationId = '', webexOrgId = ''] = text.split(' ');
  return { applicationId, webexOrgId };
}
