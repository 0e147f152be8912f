/**
 * Real SCIM servers from npm that `npm run real-providers` starts. `packages` are pinned, so that a result can be
 * repeated. `server` is a file of this folder; it prints one line of JSON with `url` and `token`.
 */
export const providers = [
  {
    name: 'scimmy-routers-express-4',
    title: 'scimmy-routers on Express 4',
    packages: { scimmy: '1.3.5', 'scimmy-routers': '1.3.2', express: '4.22.3' },
    server: 'scimmy-server.mjs',
  },
  {
    name: 'scimmy-routers-express-5',
    title: 'scimmy-routers on Express 5',
    packages: { scimmy: '1.3.5', 'scimmy-routers': '1.3.2', express: '5.3.0' },
    server: 'scimmy-server.mjs',
  },
  {
    name: 'better-auth-scim',
    title: '@better-auth/scim',
    // npm 11 cannot install the first two alone: @better-auth/scim 1.7.5 demands older versions of the last two than the
    // @better-auth/core that it allows.
    packages: {
      '@better-auth/scim': '1.7.5',
      'better-auth': '1.7.5',
      '@better-auth/core': '1.7.5',
      '@better-auth/utils': '0.4.2',
      'better-call': '1.4.0',
    },
    server: 'better-auth-server.mjs',
  },
  {
    name: 'saml-jackson',
    title: '@boxyhq/saml-jackson (directory sync)',
    packages: { '@boxyhq/saml-jackson': '26.2.0' },
    server: 'saml-jackson-server.mjs',
  },
];
