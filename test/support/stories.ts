import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PersonDriver } from 'practice-workspace';
import type { Community } from './community.ts';

/** What people do in more than one story, each through the same doors as a person. */

/** Reads the community agreement, agrees, and leaves the profile for later. */
export async function agree(person: PersonDriver): Promise<void> {
  await person.click('Read the community agreement');
  await person.submit();
  await closeAll(person);
}

/** Agrees in Home and wants no first steps by message: only what groups ask comes. */
export async function agreeOnly(...people: readonly PersonDriver[]): Promise<void> {
  for (const person of people) {
    await person.openHome();
    await person.click('Read the community agreement', { in: 'home' });
    await person.submit();
    await closeAll(person);
    await person.click('See my first steps');
    await person.click('Stop these first steps');
    await closeAll(person);
  }
}

export async function closeAll(person: PersonDriver): Promise<void> {
  while (person.modal()) await person.closeModal({ all: true });
}

/** A facilitator makes a group, by button. */
export async function makeGroup(
  facilitator: PersonDriver,
  name: string,
  people: readonly string[] = [],
): Promise<void> {
  await facilitator.command('/chatr groups');
  await facilitator.click('Make a group');
  await facilitator.submit({ Name: name, ...(people.length > 0 && { People: people }) });
  await closeAll(facilitator);
}

export type PlannedCheckIn = {
  group: string;
  template: string;
  date: string;
  time: string;
  how?: string;
  open?: string;
};

/** A facilitator schedules a check-in for everybody in a group, once unless it is said. */
export async function scheduleCheckIn(
  facilitator: PersonDriver,
  { group, template, date, time, how, open }: PlannedCheckIn,
): Promise<void> {
  await facilitator.command('/chatr checkin new');
  await facilitator.submit({ 'Who is asked?': group, 'Which questions?': template });
  await facilitator.submit({ 'How often?': how ?? 'Once', 'First date': date, Time: time });
  await facilitator.click('Change how');
  await facilitator.submit({
    'Who gets it?': 'Everybody in the group',
    ...(open && { 'How long does it stay open?': open }),
  });
  await facilitator.submit();
  await closeAll(facilitator);
}

/** The bot's messages to somebody whose notification reads so. */
export const messagesSaying = (person: PersonDriver, text: string) =>
  person.dmsWithBot().filter((message) => message.text.includes(text));

/** The welcome, whether or not it has been answered since. */
export const welcomesOf = (person: PersonDriver) => [
  ...messagesSaying(person, 'this is ChATR Companion'),
  ...messagesSaying(person, 'You have answered the community agreement'),
];

/** Every text in these blocks that Slack would read as markup. */
export function markupIn(blocks: unknown): string {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) look(item);
    else if (typeof value === 'object' && value !== null) {
      if ('type' in value && value.type === 'mrkdwn' && 'text' in value) found.push(String(value.text));
      for (const inner of Object.values(value)) look(inner);
    }
  };
  look(blocks);
  return found.join('\n');
}

/** What nobody may bring in by typing it. */
export const actingMarkup = /<!(channel|here|everyone)|<@U1>|<#C1>|<https?:\/\/evil/;

/** One of each kind of nuisance, for any text field. */
export const nuisances = [
  '<!channel> please',
  '<!here|look>',
  '*bold* _it_ ~no~ `code`',
  '<@U1> and <#C1>',
  '<https://evil.example|click me>',
  'ze\u200Bro\u200Dwi\u2060d\uFEFFth',
  '😀 :smile: 👩‍👩‍👧',
  '\u202Egnp.exe right to left \u2067mixed\u2069',
  '&lt;!everyone&gt; &amp;',
  '"" \' -- ; drop table people; NEAR( OR AND NOT *',
  'schön ünïcode 漢字 العربية',
];

/**
 * Puts a button with any value in front of somebody and presses it: what an old message, or a modified client, could
 * bring about. The workspace refuses a click on a button that is not there, so it comes by the bot's own token.
 */
export async function pressForged(
  { workspace, as }: Community,
  name: string,
  { actionId, value }: { actionId: string; value?: string },
): Promise<void> {
  const person = as(name);
  const text = { type: 'plain_text', text: 'Forged' };
  const element = { type: 'button', action_id: actionId, text, ...(value !== undefined && { value }) };
  const response = await fetch(`${workspace.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${workspace.botToken}`,
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify({
      channel: person.id,
      text: 'forged',
      blocks: [{ type: 'actions', elements: [element] }],
    }),
  });
  const { ts } = (await response.json()) as { ts?: string };
  const message = person.dmsWithBot().find((one) => one.ts === ts);
  if (!message) throw new Error('The forged message did not arrive.');
  await person.click({ actionId }, { in: message, quiet: true, mayFail: true });
  await workspace.settled();
}

/** The bytes of the bot's database, its journal files included. */
export function databaseBytes({ config }: Pick<Community, 'config'>): string {
  const dir = dirname(config.databaseUrl.slice('file:'.length));
  return readdirSync(dir)
    .map((file) => readFileSync(join(dir, file)).toString('latin1'))
    .join('');
}
