import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import type { Part, Section } from '../../findings.ts';
import { findHeard } from '../results/heard/store.ts';
import { type Closed, quoted } from './rounds.ts';

/** What was given back to the group after a round, as it was posted. */
export async function heardSection(
  db: Db,
  vault: Vault,
  closed: readonly Closed[],
): Promise<Section | undefined> {
  const parts: Part[] = [];
  for (const { checkin, results, on } of closed) {
    const kept = await findHeard(db, { vault }, results.round.id);
    if (!kept?.postedAt) continue;
    const { heard, willDo, lines } = kept.heard;
    parts.push(
      { kind: 'heading', text: `${checkin.definition.label}, ${on}` },
      ...(heard.trim() === '' ? [] : [{ kind: 'text' as const, text: `What we heard: ${heard}` }]),
      ...(willDo.trim() === '' ? [] : [{ kind: 'text' as const, text: `What we will do: ${willDo}` }]),
      ...(lines.length > 0
        ? [{ kind: 'list' as const, items: lines.map(({ question, said }) => `${quoted(question)} ${said}`) }]
        : []),
    );
  }
  if (parts.length === 0) return undefined;
  return {
    id: 'heard',
    title: 'What we heard, and what we will do',
    parts: [{ kind: 'text', text: 'What those who run the group told it after it had answered.' }, ...parts],
  };
}
