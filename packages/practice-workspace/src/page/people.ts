import type { ConversationSummary, MessageSummary, PersonSummary, Snapshot } from '../protocol.ts';

export function personName(person: PersonSummary | undefined, id: string): string {
  return person ? person.displayName || person.realName || person.name : id;
}

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
    groups.find((group) => group.label === part(person))?.people.push(person);
  }
  return groups.filter((group) => group.people.length > 0);
}

function part(person: PersonSummary): string {
  if (person.deleted) return 'Deactivated';
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

export type MessageLine = { message: MessageSummary; startsDay: boolean; continues: boolean; reply: boolean };

const together = 5 * 60_000;

/** Messages in reading order: each reply under its thread, and one heading for what somebody says in one go. */
export function messageLines(
  messages: readonly MessageSummary[],
  dayOf: (at: Date) => string,
): MessageLine[] {
  const isReply = (message: MessageSummary) =>
    message.threadTs !== undefined && message.threadTs !== message.ts;
  const known = new Set(messages.map((message) => message.ts));
  const roots = messages.filter((message) => !isReply(message) || !known.has(message.threadTs ?? ''));
  const ordered = roots.flatMap((root) => [
    { message: root, reply: isReply(root) },
    ...messages
      .filter((message) => isReply(message) && message.threadTs === root.ts)
      .map((message) => ({ message, reply: true })),
  ]);
  return ordered.map(({ message, reply }, index) => {
    const before = ordered[index - 1];
    const lastRoot = ordered.slice(0, index).findLast((line) => !line.reply);
    const day = dayOf(new Date(message.at));
    const startsDay = !reply && (lastRoot === undefined || dayOf(new Date(lastRoot.message.at)) !== day);
    const continues =
      !startsDay &&
      before !== undefined &&
      before.reply === reply &&
      before.message.user === message.user &&
      before.message.fromSlack === message.fromSlack &&
      !before.message.ephemeral &&
      !message.ephemeral &&
      Date.parse(message.at) - Date.parse(before.message.at) < together;
    return { message, startsDay, continues, reply };
  });
}
