import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from './community/audit.ts';
import { findPersonBySlackId } from './community/people.ts';
import type { readKeyConfig } from './config.ts';
import { appliedNames } from './db/applied.ts';
import { checkKey } from './db/key.ts';
import { openKeyFile } from './db/key-file.ts';
import { refuseNewer, waitingAfter } from './db/migrate.ts';
import { openStore } from './db/open.ts';
import { StoreError } from './db/trouble.ts';
import { loadContent } from './features/content.ts';
import { everythingHeld } from './features/held.ts';
import {
  drawCopy,
  forgetPerson,
  type HeldDeps,
  listHeld,
  readEverything,
  toCopy,
} from './features/privacy/index.ts';
import { asCuratorsHaveIt } from './features/resources/index.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import { createVault } from './lib/crypto.ts';
import { systemRandom } from './lib/random.ts';

type Setup = ReturnType<typeof readKeyConfig>;

/** What came of it, to be said, and the exit status. */
export type Said = { status: 0 | 1 | 2; lines: string[] };

/** Everything that is kept about somebody, as a Word file and as JSON in a folder. People also write letters. */
export const exportPerson = (
  setup: Setup,
  { slackId, folder = join('var', 'people', slackId) }: { slackId: string; folder?: string | undefined },
  clock: Clock = systemClock,
): Promise<Said> =>
  withPerson(setup, slackId, { alone: false, clock }, async (deps, personId) => {
    const files = [join(folder, 'my-data.docx'), join(folder, 'my-data.json')] as const;
    const there = files.find((file) => existsSync(file));
    if (there !== undefined)
      return { status: 1, lines: [`${there} is there already. Nothing was written: give another folder.`] };
    const read = await readEverything(deps, personId, clock.now());
    const document = await drawCopy(read, setup.timeZone);
    await audit(deps.db, clock, { actor: 'operator', action: 'privacy.export', subject: personId });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const forThisAccountAlone = { mode: 0o600 };
    writeFileSync(files[0], document, forThisAccountAlone);
    writeFileSync(files[1], `${JSON.stringify(toCopy(read), null, 2)}\n`, forThisAccountAlone);
    return {
      status: 0,
      lines: [
        `Everything that is kept about ${slackId} is in ${folder}: a document to read, and JSON.`,
        'What they wrote for themselves is in it. Hand it to nobody but them, and delete the folder then. They see in Slack that a copy was made.',
      ],
    };
  });

/** Deletes everything about somebody, while no bot runs. Without `isSure` it only says what would go. */
export const forgetSomebody = (
  setup: Setup,
  { slackId, isSure }: { slackId: string; isSure: boolean },
  clock: Clock = systemClock,
): Promise<Said> =>
  withPerson(setup, slackId, { alone: true, clock }, async (deps, personId, compact) => {
    if (!isSure) {
      const held = await listHeld(deps, personId);
      return {
        status: 2,
        lines: [
          `This would delete for good what is kept about ${slackId}:`,
          ...held.flatMap(({ counted }) =>
            counted.map(({ holding, count }) => `  ${holding.what} (${count})`),
          ),
          `Nothing was deleted. To do it: npm run person -- forget ${slackId} --yes`,
        ],
      };
    }
    const forgotten = await forgetPerson(deps, personId, 'operator');
    await compact();
    return {
      status: 0,
      lines: [
        `Everything that was kept about ${slackId} is deleted, and their keys are destroyed.`,
        ...(forgotten.kind === 'forgotten' && forgotten.remains.length > 0
          ? ['What is left, and why:', ...forgotten.remains.map((line) => `  ${line}`)]
          : []),
        'The bot’s messages to them go from Slack in the minutes after it is started again.',
      ],
    };
  });

async function withPerson(
  { contentDir, databaseUrl, keyFile, encryptionKey }: Setup,
  slackId: string,
  { alone, clock }: { alone: boolean; clock: Clock },
  work: (deps: HeldDeps, personId: string, compact: () => Promise<void>) => Promise<Said>,
): Promise<Said> {
  if (keyFile === undefined || !existsSync(keyFile))
    throw new StoreError('There is no key file yet. The bot makes one when it is started.');
  const content = loadContent(contentDir);
  const store = await openStore(databaseUrl, { mustExist: true, alone });
  const keys = openKeyFile(keyFile, encryptionKey);
  try {
    const { db } = store;
    const vault = createVault(encryptionKey, keys);
    const applied = await appliedNames(db);
    refuseNewer(applied);
    if (waitingAfter(applied).length > 0)
      throw new StoreError('This database is from an older version. Start the bot once, then try again.');
    await checkKey(db, applied, { keys, vault, place: keyFile });
    const person = await findPersonBySlackId(db, slackId);
    if (!person)
      return {
        status: 1,
        lines: [
          vault.isForgotten({ slackId })
            ? `Everything that was kept about ${slackId} is deleted already.`
            : `Nothing is kept about ${slackId}. It must be the id of a person in Slack, such as U012ABCDEF: in Slack, open their profile, then More, Copy member ID.`,
        ],
      };
    const { catalogue, vocabulary } = await asCuratorsHaveIt(db, content);
    const areas = everythingHeld({
      vault,
      random: systemRandom,
      vocabulary,
      cpdForms: content.cpdForms,
      professions: content.professions,
      titleOf: (id) => catalogue.byId.get(id)?.title,
    });
    return await work({ db, clock, vault, areas }, person.id, () => store.compact());
  } finally {
    keys.close();
    await store.close();
  }
}
