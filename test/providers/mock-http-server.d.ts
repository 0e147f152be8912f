/** The part of mock-http-server that the tests use; the package has no types of its own. */
declare module 'mock-http-server' {
  export default class ServerMock {
    constructor(http: { host: string; port: number });
    on(handler: Record<string, unknown>): void;
    start(callback: () => void): void;
    stop(callback: () => void): void;
    getHttpPort(): number;
  }
}
