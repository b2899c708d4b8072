// The tests' projects. They run one after the other, so that none measures time while another uses the cores:
// unit is the fast loop (npm run test:unit, under 15 s); the others start real databases, processes and browsers.
// Files of unit share their workers (isolate: false): none may leave a mock, a fake timer or a setting behind.

import { defineConfig } from 'vitest/config';

const UNIT = ['core', 'app', 'adapters', 'rehearsal', 'flows'];

export default defineConfig({
  test: {
    reporters: ['default', './test/support/reporter.ts'],
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          pool: 'threads',
          isolate: false,
          include: ['test/*.test.ts', ...UNIT.map((folder) => `test/${folder}/**/*.test.ts`)],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          globalSetup: ['test/support/postgres-setup.ts'],
          testTimeout: 20_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/commands/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'simulation',
          include: ['test/simulation/**/*.test.ts'],
          testTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
