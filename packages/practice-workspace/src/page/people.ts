import type { ConversationSummary, MessageSummary, PersonSummary, Snapshot } from '../protocol.ts';

export function personName(person: PersonSummary | undefined, id: string): string {
  return person ? person.displayName || person.realName || person.name : id;
}

/** What stands behind a name on the switch: what they do, and why it is worth being them. */
export const badgeOf = ({ title, worth = '' }: PersonSummary): string =>
  [title, worth].filter(Boolean).join(', ');

export type PeopleGroup = { label: string; people: PersonSummary[] };

/** Who a visitor can be, by the part they play: their title says it, as on a name badge. */
export function groupPeople(people: readonly PersonSummary[]): PeopleGroup[] {
  const groups: PeopleGroup[] = [
    { label: 'Facilitators', people: [] },
    { label: 'Trainees', people: [] },
    { label: 'Members', people: [] },
    { label: 'Guests', people: [] },
    { label: 'Deactivated', people: [] },
  ];
  for (const person of people) {
    if (person.isBot || person.id === 'USLACKBOT') continue;
    const label = part(person);
    const group = groups.find((one) => one.label === label);
    if (group) group.people.push(person);
    else groups.push({ label, people: [person] });
  }
  return groups.filter((group) => group.people.length > 0);
}

function part(person: PersonSummary): string {
  if (person.deleted) return 'Deactivated';
  if (person.group !== undefined) return person.group;
  if (person.isGuest) return 'Guests';
  if (/facilitat/i.test(person.title)) return 'Facilitators';
  if (/trainee|student|practitioner in training/i.test(person.title)) return 'Trainees';
  return 'Members';
}

export function conversationName(conversation: ConversationSummary, snapshot: Snapshot): string {
  if (conversation.kind === 'app') return snapshot.app.name;
  if (conversation.kind !== 'dm' || conversation.with === undefined) return conversation.name;
  const other = snapshot.people.find((person) => person.id === conversation.with);
  return personName(other, conversation.name || conversation.with);
}

export type MessageLine = {
  message: MessageSummary;
  startsDay: boolean;
  continues: boolean;
  /** An answer to what is not there any more. */
  reply: boolean;
  replies: readonly MessageSummary[];
};

const together = 5 * 60_000;

const isReply = (message: MessageSummary) =>
  message.threadTs !== undefined && message.threadTs !== message.ts;

/** A conversation in reading order, each thread as its first message. */
export function messageLines(
  messages: readonly MessageSummary[],
  dayOf: (at: Date) => string,
): MessageLine[] {
  const known = new Set(messages.map((message) => message.ts));
  const replies = Map.groupBy(messages.filter(isReply), (message) => message.threadTs);
  return linesOf(
    messages
      .filter((message) => !isReply(message) || !known.has(message.threadTs ?? ''))
      .map((message) => ({ message, replies: replies.get(message.ts) ?? [], reply: isReply(message) })),
    dayOf,
  );
}

/** One thread, its first message included. */
export function threadLines(
  messages: readonly MessageSummary[],
  root: string,
  dayOf: (at: Date) => string,
): MessageLine[] {
  return linesOf(
    messages
      .filter((message) => message.ts === root || message.threadTs === root)
      .map((message) => ({ message, replies: [], reply: false })),
    dayOf,
  );
}

/** One heading for what somebody says in one go. */
function linesOf(
  all: readonly Pick<MessageLine, 'message' | 'replies' | 'reply'>[],
  dayOf: (at: Date) => string,
): MessageLine[] {
  return all.map((line, index) => {
    const { message } = line;
    const before = all[index - 1];
    const startsDay =
      before === undefined || dayOf(new Date(before.message.at)) !== dayOf(new Date(message.at));
    const continues =
      !startsDay &&
      before.reply === line.reply &&
      before.replies.length === 0 &&
      before.message.user === message.user &&
      before.message.fromSlack === message.fromSlack &&
      !before.message.ephemeral &&
      !message.ephemeral &&
      // What has blocks stands for itself.
      message.blocks === undefined &&
      Date.parse(message.at) - Date.parse(before.message.at) < together;
    return { ...line, startsDay, continues };
  });
}
