import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { ROUTES } from '../src/contract/routes.ts'

const ID = 'virtual:routes'

/**
 * Gives the web the method and url of every route of the contract without its schemas, so that no entrance carries
 * the schema library. The types come from the contract itself (`src/routes.d.ts`).
 */
function contractRoutes(): Plugin {
  const table = Object.fromEntries(Object.entries(ROUTES).map(([name, { method, url }]) => [name, { method, url }]))
  return {
    name: 'xinheng-contract-routes',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => (id === `\0${ID}` ? `export const routes = ${JSON.stringify(table)}` : undefined),
  }
}

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react(), contractRoutes()],
  build: {
    target: ['chrome87', 'safari14', 'firefox85'],
    outDir: join(import.meta.dirname, 'dist'),
    // data: addresses would need holes in the content security policy
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        me: join(import.meta.dirname, 'me.html'),
        desk: join(import.meta.dirname, 'desk.html'),
      },
    },
  },
})
