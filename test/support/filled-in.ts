import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Content } from '../../src/features/content.ts';
import { shippedContent } from './shipped.ts';

const folders = new Map<string, string>();

/**
 * The content folder of a made-up programme that has filled in its privacy notice. Gone when the test's file is over.
 * @param root the checkout whose content it is.
 */
export function filledInFolder(root = '.'): string {
  const before = folders.get(root);
  if (before !== undefined) return before;
  const folder = mkdtempSync(join(tmpdir(), 'chatr-content-'));
  folders.set(root, folder);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(root, 'data'), folder, { recursive: true });
  const file = join(folder, 'onboarding.yaml');
  const written = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    written.replace(
      /\bThe programme team will tell you\b[^.\n]*\./g,
      'Example Council, made up, says so here.',
    ),
  );
  // Whoever a test starts as may read it.
  chmodSync(folder, 0o755);
  return folder;
}

/** As shipped, without what "Introduce me" is for. */
export function withoutIntroductions(content = shippedContent()): Pick<Content, 'journey'> {
  const extras = content.journey.extras.map((extra) =>
    extra.id === 'introduced' ? { ...extra, available: false } : extra,
  );
  return { journey: { ...content.journey, extras } };
}
