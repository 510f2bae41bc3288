import { setImmediate as turn } from 'node:timers/promises';
import type { Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving } from '../../../safeguarding/identifiers.ts';
import { publicContacts, type Signposts } from '../../../safeguarding/signposts.ts';
import type { RecordDocument } from './document.ts';

export type Seen = {
  form: string;
  entry: string;
  on: string;
  name: string;
  /** Where in it: the id of the field, and what it is called. */
  field: string;
  label: string;
  findings: Finding[];
};

export type Looked = {
  seen: Seen[] /** The check itself failed on something: nothing is held up by it. */;
  unchecked: boolean;
};

/** A last look for identifying detail, before anything leaves: it keeps nothing and blocks nothing. */
export async function lookOver(
  { signposts }: { signposts: Signposts },
  { parts }: RecordDocument,
): Promise<Looked> {
  const allowed = publicContacts(signposts);
  const seen: Seen[] = [];
  let unchecked = false;
  for (const { form, entries } of parts)
    for (const { id, on, name, fields } of entries) {
      const texts = [{ id: '', label: 'the title', text: name }, ...fields];
      for (const { id: field, label, text } of texts) {
        const outcome = checkBeforeSaving(text, { allowed });
        if (outcome.kind === 'found')
          seen.push({ form: form.id, entry: id, on, name, field, label, findings: outcome.findings });
        if (outcome.kind === 'unavailable') unchecked = true;
      }
      // A record can be long, and others wait for an answer meanwhile.
      await turn();
    }
  return { seen, unchecked };
}
