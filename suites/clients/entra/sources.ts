/** The public documentation of what Microsoft Entra ID sends. */
const docs = 'https://learn.microsoft.com/en-us/entra/identity/app-provisioning';

/** The forms that it sends without and with the flag aadOptscim062020 (read in the version of April 2025). */
export const compatibility = `${docs}/application-provisioning-config-problem-scim-compatibility`;

/** The tutorial with its requests (read in the version of March 2025). */
export const tutorial = `${docs}/use-scim-to-provision-users-and-groups`;
