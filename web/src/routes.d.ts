declare module 'virtual:routes' {
  /** Method and url of every route of the contract, written by vite.config.ts. */
  export const routes: Record<
    import('#contract/routes.ts').RouteName,
    { method: 'GET' | 'POST' | 'DELETE'; url: string }
  >
}
