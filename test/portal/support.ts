import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Resource, toCatalogue } from '../../src/features/resources/content.ts';
import type { Portal } from '../../src/portal/portal.ts';
import { shippedContent } from '../support/shipped.ts';

export const shipped: Portal = { ...shippedContent(), on: '2026-11-27' };

/**
 * Whatever can stand on a page, in a fraction of the entries: those picked by hand, and then each that brings a kind, an
 * age, a topic, a letter, a field or a longer text than those before it.
 */
export function inShort(portal: Portal): Portal {
  const picked = new Set(portal.startHere.groups.flatMap(({ entries }) => entries));
  const bringsSomething = bringsOf<Resource>(({ type, age_groups, topics, link_kind, free }) => [
    type,
    ...age_groups,
    ...topics,
    `${link_kind}`,
    `${free}`,
  ]);
  const { all } = portal.catalogue;
  const wanted = [...all].sort((one, other) => Number(picked.has(other.id)) - Number(picked.has(one.id)));
  const kept = new Set(
    wanted.filter((one) => bringsSomething(one) || picked.has(one.id)).map(({ id }) => id),
  );
  const { glossary, vocabulary } = portal;
  return {
    ...portal,
    catalogue: toCatalogue(all.filter(({ id }) => kept.has(id))),
    glossary: { terms: glossary.terms.filter(bringsOf(({ term }) => [term.slice(0, 1).toUpperCase()])) },
    vocabulary: {
      ...vocabulary,
      abbreviations: vocabulary.abbreviations.slice(0, 20),
      ambiguous: vocabulary.ambiguous.slice(0, 10),
    },
  };
}

/** Whether one has a field or a longer text than those before, or is of another kind. @param kinds what it is of. */
function bringsOf<T extends Record<string, unknown>>(
  kinds: (one: T) => readonly string[],
): (one: T) => boolean {
  const seen = new Set<string>();
  const longest = new Map<string, number>();
  return (one) => {
    const fields = Object.entries(one).filter(([, value]) => JSON.stringify(value) !== '[]');
    const said = [...fields.map(([name]) => name), ...kinds(one)].filter((kind) => !seen.has(kind));
    const longer = fields.flatMap(([name, text]) =>
      typeof text === 'string' && text.length > (longest.get(name) ?? 0)
        ? [[name, text.length] as const]
        : [],
    );
    for (const kind of said) seen.add(kind);
    for (const [name, length] of longer) longest.set(name, length);
    return said.length + longer.length > 0;
  };
}

/** A folder of its own, gone after the test. */
export function givenFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chatr-portal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
