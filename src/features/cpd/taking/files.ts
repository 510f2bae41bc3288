import { drawApart } from '../../../lib/apart.ts';
import type { FileToSend } from '../../../outbox/upload.ts';
import type { FileKind } from '../../feature.ts';
import type { CpdDeps } from '../deps.ts';
import { jsonKind, wordKind } from '../ids.ts';
import { nothingChosen } from '../views.ts';
import { makeRecord, type RecordDocument } from './document.ts';
import { toJson } from './json.ts';

/** What can be taken away, made anew each time it is asked for. The name tells nobody whose it is, or what. */
export function recordFiles(deps: CpdDeps): FileKind[] {
  const kind = (
    id: string,
    ending: string,
    says: string,
    draw: (record: RecordDocument) => Promise<FileToSend['content']> | FileToSend['content'],
  ): FileKind => ({
    id,
    says,
    async make(actor) {
      const made = await makeRecord(deps, actor);
      if (!made) return { kind: 'refused', answer: nothingChosen };
      const { document } = made;
      return {
        kind: 'file',
        name: `${document.title}, ${document.madeOn}.${ending}`,
        title: document.title,
        content: await draw(document),
      };
    },
  });
  return [
    kind(
      wordKind,
      'docx',
      'Your record as a Word file, for you to change. It holds what you wrote: only the entries you ticked.',
      (document) =>
        drawApart<typeof import('./word.ts').draw>(new URL('./word.ts', import.meta.url), document),
    ),
    kind(
      jsonKind,
      'json',
      'Your record for a program (JSON). It holds what you wrote: only the entries you ticked.',
      toJson,
    ),
  ];
}
