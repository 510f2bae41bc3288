import type { z } from 'zod';
import type { Finding } from '../../safeguarding/finding.ts';
import { checkBeforeSaving, maskIdentifiers } from '../../safeguarding/identifiers.ts';
import { publicContacts } from '../../safeguarding/signposts.ts';
import type { doubt } from '../../safeguarding/warning.ts';
import type { CheckInDeps } from './deps.ts';

type Looked<Texts> = { kind: 'doubtful'; findings: Finding[] } | { kind: 'settled'; texts: Texts };

/**
 * Looks through what a facilitator wrote before it is saved: what seems to identify a person is told once, then masked, or
 * kept where they said so.
 * @param most how long each may be, in code points.
 */
export function lookThrough<Texts extends Record<string, string>>(
  { signposts }: Pick<CheckInDeps, 'signposts'>,
  stands: z.output<typeof doubt>,
  texts: Texts,
  most: { [Name in keyof Texts]: number },
): Looked<Texts> {
  if (stands === 'kept') return { kind: 'settled', texts };
  const found = Object.entries(texts).map(([name, text]) => {
    const seen = checkBeforeSaving(text, signposts ? { allowed: publicContacts(signposts) } : {});
    return { name, text, findings: seen.kind === 'found' ? seen.findings : [] };
  });
  const findings = found.flatMap((one) => one.findings);
  if (stands === 'none' && findings.length > 0) return { kind: 'doubtful', findings };
  const masked = found.map(({ name, text, findings: seen }) => [
    name,
    maskIdentifiers(text, seen, most[name]),
  ]);
  return { kind: 'settled', texts: Object.fromEntries(masked) as Texts };
}
