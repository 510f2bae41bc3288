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
};

export type Command = {
  /** The first word, lower case. */
  word: string;
  /** Other first words that mean the same, or whole lines ("my data"); never shown. */
  aliases?: readonly string[];
  /** Left out: for everyone. */
  needs?: Action;
  /** For /chatr help: one line, and an example that works when it is clicked. Left out: not shown. */
  help?: { does: string; example?: string; group: 'find' | 'write' | 'together' | 'you' | 'lead' };
  run(call: CommandCall): Promise<void>;
};

export type Routed =
  | { kind: 'run'; command: Command; words: string }
  | { kind: 'card' }
  | { kind: 'near-miss'; typed: string; meant: Command; words: string }
  | { kind: 'not-allowed'; command: Command }
  /** The first word is no command: the whole line is a search. */
  | { kind: 'search'; words: string };

/**
 * Decides what a line means (design, "The command"). An exact command wins; one or two wrong letters in a first word of
 * four or more offer the command it looks like; anything else is a search for the whole line.
 */
export function route(commands: readonly Command[], line: string, actor: Actor): Routed {
  const tidy = tidyLine(line);
  if (tidy === '') return { kind: 'card' };
  const [first = '', ...rest] = tidy.split(' ');
  const typed = first.toLowerCase();
  const words = rest.join(' ');
  const whole = commands.find(({ aliases = [] }) => aliases.includes(tidy.toLowerCase()));
  const named = commands.find(({ word, aliases = [] }) => word === typed || aliases.includes(typed)) ?? whole;
  if (named) {
    if (named.needs && !may(actor, named.needs)) return { kind: 'not-allowed', command: named };
    return { kind: 'run', command: named, words: named === whole ? '' : words };
  }
  const open = commands.filter((command) => !command.needs || may(actor, command.needs));
  const meant = nearest(open, typed);
  return meant ? { kind: 'near-miss', typed: first, meant, words } : { kind: 'search', words: tidy };
}

function nearest(commands: readonly Command[], typed: string): Command | undefined {
  if (typed.length < 4) return undefined;
  const names = commands
    .flatMap(({ word, aliases = [] }) => [word, ...aliases])
    .filter((name) => name.length >= 4);
  if (names.length === 0) return undefined;
  const name = closest(typed, names);
  const allowed = name.length <= 5 ? 1 : 2;
  // Two letters swapped count as two edits; "refelct" must still find "reflect".
  if (distance(typed, name) > allowed) return undefined;
  return commands.find(({ word, aliases = [] }) => word === name || aliases.includes(name));
}
