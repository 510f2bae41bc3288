import { describe, expect, test } from 'vitest';
import { createLog, describeError, scrub } from '../../src/lib/log.ts';

describe('what never reaches a log', () => {
  test.each([
    'xoxb-1234-5678-abcDEF',
    'xapp-1-A111-222-abcdef',
    'xoxe.xoxp-1-Mi0yLTE',
    'https://hooks.slack.com/commands/T1/2/3',
    'robin@example.org',
  ])('%s', (secret) => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', write: (line) => lines.push(line) });
    log.info({ anywhere: { deep: [secret] } }, `text ${secret} text`);
    expect(lines).toHaveLength(1);
    expect(lines.join('')).not.toContain(secret);
    expect(scrub(secret)).toBe('[removed]');
  });

  test('lines for a terminal are scrubbed as well', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', readable: true, write: (line) => lines.push(line) });
    log.warn({ token: 'xoxb-1-2-3' }, 'Something to read');
    expect(lines.join('')).toContain('Something to read');
    expect(lines.join('')).not.toContain('xoxb');
  });

  test('an error is told by its class and Slack’s code, never by its message', () => {
    const error = Object.assign(new Error('what somebody wrote'), {
      data: { error: 'invalid_blocks', text: 'secret' },
    });
    const described = JSON.stringify(describeError(error));
    expect(described).toContain('invalid_blocks');
    expect(described).not.toContain('what somebody wrote');
    expect(described).not.toContain('secret');
  });
});
