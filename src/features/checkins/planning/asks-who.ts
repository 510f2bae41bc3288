import type { Definition } from '../content.ts';

/** Answers to these say by themselves whose they are, wherever they stand in a question. */
const telling =
  /\b(?:(?:your|yr|full|first|last|family) ?(?:own )?(?:full |first |last |family |sur|nick|user|preferred )*names?|surname|your (?:work |own )?(?:e-?mails?|initials|phone|mobile|telephone|postcode|birthday|date of birth|address|signature|(?:pin|nhs|staff|payroll|employee|registration|nmc|personnel) ?(?:number|no|id|code)?)|(?:pin|staff|payroll|employee|registration) (?:number|no|id|code)|who are you|are you called|how old are you|introduce yourself)\b/iu;
/** These do so where nothing else is asked: "What is your team?", but not "What is your team like?". */
const alone =
  /^\W*(?:(?:what(?:['’]s| is)|which is|please|give|enter|add|write|state|say|type|tell us|and|your)\s+)*(?:names?|e-?mails?|initials|age|job title|job|role|post|team|school|nursery|setting|workplace|employer|organi[sz]ation|site|base)(?: (?:name|number|address))?\W*$/iu;
/** "Which team are you in?", "Where do you work?". */
const where =
  /^\W*(?:(?:which|what) (?:team|school|nursery|setting|workplace|organi[sz]ation|site|office|base|centre|ward|clinic)s? (?:are you|do you (?:work|belong)|is yours)|where (?:do you work|are you based)|who do you work for|what is it you are called)\b/iu;

/** Whether what people answer to a question would say who they are. Patterns only. */
export const asksWho = (text: string): boolean =>
  [telling, alone, where].some((one) => one.test(text.trim()));

/** What is asked without a name kept, and would still say whose an answer is. */
export const whoIsAsked = ({ mode, questions }: Pick<Definition, 'mode' | 'questions'>): string[] =>
  mode === 'group' ? questions.map(({ text }) => text).filter(asksWho) : [];
