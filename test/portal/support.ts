import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadContent } from '../../src/features/content.ts';
import type { Portal } from '../../src/portal/portal.ts';

export const shipped: Portal = { ...loadContent('data'), on: '2026-11-27' };

/** A folder of its own, gone after the test. */
export function givenFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chatr-portal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
