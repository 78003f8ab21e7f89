// The names of a change of packages and of its steps.

export const packagesAction = 'wholesale_packages';

export const checkStep = 'check_packages';
export const askStep = 'ask_for_packages';
export const followStep = 'follow_packages';

/** In the order in which they run; what Webex has then is read at the end. */
export const packageSteps = [checkStep, askStep, followStep, 'sync_wholesale'];
