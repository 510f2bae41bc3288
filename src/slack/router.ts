import type { View } from '@slack/types';
import { closest, distance } from 'fastest-levenshtein';
import type { Action, Actor } from '../community/permissions.ts';
import { may } from '../community/permissions.ts';
import type { Answerer } from './answer.ts';
import { tidyLine } from './text.ts';

/** Somebody's words, and the ways to answer them. */
export type CommandCall = {
  actor: Actor;
  /** What stands after the command word, tidied: straight quotes, single spaces. */
  words: string;
  answer: Answerer;
  /** Opens a window: within 3 seconds, and once. Undefined when the words came in a message, where Slack opens none. */
  open: ((view: View) => Promise<void>) | undefined;
  /** For words that turn out to be none of the command's: the whole line is looked up, with the command below. */
  lookUp(): Promise<void>;
};

export type Command = {
  /** The first word, lower case. */
  word: string;
  /** Other first words that mean the same, or whole lines ("my data"); never shown. */
  aliases?: readonly string[];
  /** Left out: for everyone. */
  needs?: Action;
  /** Only for who takes part: whoever said no to the agreement does not find it in menus. */
  isTakingPart?: boolean;
  /** What whoever may not do it may have meant: a button, and the line it runs. */
  otherwise?: { says: string; text: string; line: string };
  /** Whether it is meant by a line that begins with no command's word; it gets the whole line. */
  isMeantBy?(line: string, actor: Actor): boolean;
  /**
   * The words behind it that are its own, none for "pause". A line with others ("stop smoking") is looked up, and the
   * command is offered below. Left out: any words; what only the database knows to be none of its own it gives back with
   * `lookUp`.
   */
  takes?: readonly string[] | ((words: string, actor: Actor) => boolean);
  /** Where the words behind it are none of its own, they are a line by themselves: "hi, can you find something on sleep?" */
  isLeadIn?: boolean;
  /** Meant where nothing else is said: "no", and neither "no support" nor "nothing helps her sleep". */
  isWhole?: boolean;
  /** Meant as it is written: no other word is taken for a slip of it. */
  isExact?: boolean;
  /** For /chatr help: one line, and an example that works when it is clicked. Left out: not shown. */
  help?: { does: string; example?: string; group: 'find' | 'write' | 'together' | 'you' | 'lead' };
  run(call: CommandCall): Promise<void>;
};

export type Routed =
  | { kind: 'run'; command: Command; words: string; line: string }
  | { kind: 'card' }
  | { kind: 'near-miss'; line: string; meant: Command; words: string }
  | { kind: 'not-allowed'; command: Command; line: string }
  /** A command with words that are none of its own: it, or a search for the whole line? */
  | { kind: 'either'; command: Command; line: string }
  /** The first word is no command: the whole line is a search. */
  | { kind: 'search'; words: string };

/** More than anybody types: what is behind it is not read, so that nothing takes as long as somebody makes it. */
const longest = 4_000;

/**
 * Decides what a line means (design, "The command"). An exact command wins, whatever it is wrapped in; anything else is a
 * search for the whole line. Beside it one or two wrong letters in a first word of four or more offer the command it looks
 * like, unless that word is one as it stands: "refuge" and "smart" are no slips. One and many of the same ("flags", "team")
 * are offered all the same.
 */
export function route(
  commands: readonly Command[],
  line: string,
  actor: Actor,
  isWord: (word: string) => boolean = () => false,
): Routed {
  const tidy = tidyLine(line.slice(0, longest));
  const bare = unwrap(tidy);
  // Quotes and dashes belong to a search; the command's own name before it does not.
  const whole = beginsWithName.test(tidy) ? bare : tidy;
  const named =
    commandIn(commands, bare) ??
    commandIn(commands, bare.replace(/^chatr(?: companion)? /i, '')) ??
    askedFor(commands, bare);
  if (named) {
    const { command, words } = named;
    const isOwn = takesWords(command, words, actor);
    const isBare = words === '' || ((command.takes ?? command.needs) !== undefined && isFiller(words));
    if (command.needs && !may(actor, command.needs))
      return isBare || isOwn
        ? { kind: 'not-allowed', command, line: whole }
        : { kind: 'search', words: whole };
    if (isOwn) return { kind: 'run', command, words, line: whole };
    if (isBare) return { kind: 'run', command, words: '', line: whole };
    if (!command.takes) return { kind: 'run', command, words, line: whole };
    // "help find"
    if (commandIn(commands, words)?.words === '') return { kind: 'run', command, words: '', line: whole };
    const meant = meantBy(commands, bare, actor);
    if (meant) return meant;
    return command.isLeadIn
      ? route(commands, words, actor, isWord)
      : { kind: 'either', command, line: whole };
  }
  const said = meantBy(commands, bare, actor);
  if (said) return said;
  // Nothing, or signs alone.
  if (peel(bare) === '') return { kind: 'card' };
  const { typed, words } = split(bare);
  const open = commands.filter(({ needs, isExact }) => !isExact && (!needs || may(actor, needs)));
  const first = typed.toLowerCase();
  const meant = inOtherNumber(open, first) ?? (isWord(first) ? undefined : nearest(open, first));
  return meant ? { kind: 'near-miss', line: whole, meant, words } : { kind: 'search', words: whole };
}

function meantBy(commands: readonly Command[], line: string, actor: Actor): Routed | undefined {
  const command = commands.find(
    ({ isMeantBy, needs }) => isMeantBy?.(line, actor) && (!needs || may(actor, needs)),
  );
  return command && { kind: 'run', command, words: line, line };
}

/** Whether the words are some that only this command would have. */
const takesWords = ({ takes = [] }: Command, words: string, actor: Actor): boolean =>
  words !== '' &&
  (typeof takes === 'function' ? takes(words, actor) : takes.includes(peel(words).toLowerCase()));

const asking =
  /^(?:what|where|who|whom|whose|which|when|why|how|is there|are there|is it|do you|does|did|can|could|have you|any(?:one|body|thing)?|i need|i am looking|i'm looking|looking for|tell me)\b/i;

/** Whether somebody wants to know something, as far as can be told from how it is put. */
export const isQuestion = (text: string): boolean => {
  const line = unwrap(tidyLine(text));
  return asking.test(line) || /[?\u061f\uff1f]\P{L}*$/u.test(line);
};

/** The command that a line begins with, and what stands after it; or the one that the whole line is ("my data"). */
function commandIn(
  commands: readonly Command[],
  line: string,
): { command: Command; words: string } | undefined {
  const { typed, words } = split(line);
  const [name, all] = [typed.toLowerCase(), peel(line).toLowerCase()];
  const whole = commands.find(
    ({ word, aliases, isWhole }) => aliases?.includes(all) || (isWhole && word === all),
  );
  const command =
    whole ??
    commands.find(({ word, aliases, isWhole }) => !isWhole && (word === name || aliases?.includes(name)));
  return command && { command, words: command === whole ? '' : words };
}

const polite =
  /^(?:(?:hi|hello|please|pls|can you|could you|would you|i need|i want to|i would like to|i'd like to|let me|show me|show|open|see|my),? )+/i;
// biome-ignore format: one line of words
const filler = /^(?:(?:me|us|it|there|please|pls|plz|thanks|thank you|thx|now|again|page|all|any|everything|more|sending|messaging|messages?|prompts|notifications|my|your|the|programme|notice|contacts|commands|to|for)[,;.!]* ?)+$/i;
const isFiller = (words: string): boolean => filler.test(peel(words));

/** A command that somebody asks for in a sentence: "please pause", "show me my journal". Nothing else may be in it. */
function askedFor(
  commands: readonly Command[],
  line: string,
): { command: Command; words: string } | undefined {
  if (!polite.test(line)) return undefined;
  const found = commandIn(commands, line.replace(polite, ''));
  return found && (found.words === '' || isFiller(found.words)) ? { ...found, words: '' } : undefined;
}

/** The first word without signs around it, and the others: in "find – dads" and "help !" a sign alone is none. */
function split(line: string): { typed: string; words: string } {
  const [first = '', ...rest] = line.trim().split(' ');
  const words = rest.join(' ').replace(/^(?:[-\u2013:;,.=>]+ )+/, '');
  return { typed: peel(first), words: peel(words).replace('?', '') === '' ? '' : words };
}

/** Signs around a word: “help”, `help`, --help, /help, help! A question mark alone stays. */
const peel = (word: string): string =>
  word.replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '') || (word.includes('?') ? '?' : '');

const openers = '"\'`*_~|([{<\u00ab\u2039';
const closers = '"\'`*_~|)]}>\u00bb\u203a';
const beginsWithName =
  /^[\p{P}\p{S}\s]*(?:\/chatr(?![\p{L}\p{N}])|@chatr(?: companion)?(?![\p{L}\p{N}])|<@[UW][A-Z0-9]+(?:\|[^<>]*)?>)\s*/iu;
const lonelySigns = /^(?:(?!\?)[\p{P}\p{S}])+ /u;

/** A line without what stands around all of it: quotes, markup, dashes, the command's own name, a mention of the bot. */
function unwrap(line: string): string {
  const opener = openers.indexOf(line.charAt(0));
  const isWrapped = line.length > 1 && opener >= 0 && line.endsWith(closers.charAt(opener));
  const left =
    isWrapped && !line.startsWith('<@')
      ? line.slice(1, -1).trim()
      : line.replace(beginsWithName, '').replace(lonelySigns, '').trim();
  return left === line ? line : unwrap(left);
}

const namesOf = ({ word, aliases = [] }: Command): string[] => [word, ...aliases];

/** "flags", "team", "definitions": the command of the same word, for one or for many. */
function inOtherNumber(commands: readonly Command[], typed: string): Command | undefined {
  if (typed.length < 4) return undefined;
  return commands.find((command) =>
    namesOf(command).some((name) => name.length >= 4 && (typed === `${name}s` || name === `${typed}s`)),
  );
}

function nearest(commands: readonly Command[], typed: string): Command | undefined {
  if (typed.length < 3) return undefined;
  const names = commands
    .flatMap(namesOf)
    // Of three letters one may be missing ("flg"), and none be wrong.
    .filter((name) => name.length >= 4 && (typed.length > 3 || (name.length === 4 && name[0] === typed[0])));
  if (names.length === 0) return undefined;
  const swapped = names.find((one) => isSwap(typed, one));
  const name = swapped ?? closest(typed, names);
  const allowed = name.length <= 5 ? 1 : 2;
  if (swapped === undefined && distance(typed, name) > allowed) return undefined;
  return commands.find((command) => namesOf(command).includes(name));
}

/** Two letters next to each other in the wrong order, which is one slip: "hepl". */
function isSwap(typed: string, name: string): boolean {
  const at = Array.from(name).findIndex((letter, index) => letter !== typed[index]);
  return (
    at >= 0 && typed === name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2)
  );
}
