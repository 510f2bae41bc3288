import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Content, loadContent } from '../../src/features/content.ts';

let folder: string | undefined;

/** The content folder of a made-up programme that has filled in its privacy notice. Gone when the test's file is over. */
export function filledInFolder(): string {
  if (folder !== undefined) return folder;
  folder = mkdtempSync(join(tmpdir(), 'chatr-content-'));
  const made = folder;
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  cpSync('data', folder, { recursive: true });
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

/** As shipped, with extras that are asked for. */
export function withExtras(content = loadContent('data')): Pick<Content, 'journey'> {
  const extras = content.journey.extras.map((extra) => ({ ...extra, available: true }));
  return { journey: { ...content.journey, extras } };
}
