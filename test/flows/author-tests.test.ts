// The authors' tests of the shipped flows (`flows/**/<flow>.test.yaml`), run by the code of `icehouse flows test`: all
// hold, every branch of every flow is taken, and each flow is played in both languages.

import { describe, expect, it } from 'vitest';
import { readFlowFolder } from '../../src/adapters/system/flow-files.ts';
import { readFlowTestFiles } from '../../src/adapters/system/flow-test-files.ts';
import { testFlows } from '../../src/adapters/system/flow-tests.ts';

const shipped = new URL('../../flows', import.meta.url).pathname;
const report = testFlows(shipped);

describe('the tests of the shipped flows', () => {
  it('have no mistakes, and hold', () => {
    expect(report.problems).toEqual([]);
    expect(report.failures).toEqual([]);
  });

  it('take every branch of every flow', () => {
    expect(report.coverage.map(({ flow }) => flow)).toEqual(readFlowFolder(shipped).flows.map(({ id }) => id));
    for (const { flow, branches, missing } of report.coverage) {
      expect({ flow, missing }).toEqual({ flow, missing: [] });
      expect(branches).toBeGreaterThan(0);
    }
  });

  it('play each flow in both languages', () => {
    const { files } = readFlowTestFiles(shipped, readFlowFolder(shipped), { mayBeEmpty: false });
    for (const { flow, cases } of files) {
      const languages = new Set(cases.map(({ language }) => language ?? 'en'));
      expect({ flow: flow.id, languages: [...languages].sort() }).toEqual({ flow: flow.id, languages: ['en', 'es'] });
    }
  });
});
