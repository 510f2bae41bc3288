import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';

const written =
  '(?:what(?:ever)?|all|everything|anything|the (?:things|stuff)) ?(?:that )?(?:i|we) (?:write|type|say|tell you|send|post|share|enter|look up|search(?: for)?|put in|put)(?: (?:here|in here|to you|in this))?';
const mine =
  '(?:my|our) (?:reflections?|journal|notes?|drafts?|answers?|check-?ins?|messages?|profile|data|words|writing|information|chats?|conversations?|name)(?: here)?';
const thing = `(?:(?:all )?(?:of )?(?:this|that|it|these)(?: (?:chat|conversation|messages?))?|${mine}|${written})`;
const bot = '(?:you|this bot|the bot|this|it|chatr|the app)';
const boss =
  '(?:(?:my|our) (?:line )?(?:manager|boss|employer|supervisor|team|organisation|work|workplace|facilitator|lead|school|colleagues)s?|anyone|anybody|someone|somebody|others|other people|hr|facilitators?|managers?|people)(?: else)?';
const see = '(?:see|read|look at|access|get|know|find out|keep|store|save|record|monitor|track|log|share)';

/** What is asked of the bot about itself, in whole questions. "Who sees children at risk" is a question for the catalogue. */
const ofPrivacy = new RegExp(
  `^(?:(?:so|and|but|ok|hi|hello|please)[, ]+)*(?:${[
    `what (?:do|will|would|does) ${bot} (?:do with|keep of|store of|keep|store|save|record) (?:${thing}|about (?:me|us))`,
    `what (?:do you|does (?:this|the) (?:bot|app)) (?:know|keep|store|save|record|hold)(?: (?:about|on|of) (?:me|us))?`,
    `what happens (?:to|with) ${thing}`,
    `where (?:do|does|will) ${thing} go`,
    `who (?:(?:else )?(?:can|could|will|gets to|is able to) ${see}|(?:else )?(?:sees|reads|looks at|has access to|keeps)) ${thing}`,
    `(?:how|is|are|will) (?:private (?:is|are) ${thing}|${thing} (?:be )?(?:really |all |completely |totally |kept )?(?:private|confidential|anonymous|secure|monitored|recorded|logged|stored|kept|tracked|read)(?: by (?:${boss}|a (?:human|person)))?)`,
    `(?:do|will|would|can|could|does) ${bot} (?:ever )?(?:tell|inform|report (?:(?:this|it|me|us) )?to|(?:show|share|pass) (?:(?:${thing}|anything) )?(?:on )?(?:to|with)) ${boss}(?: (?:about )?(?:anything|${thing}|me))?`,
    `(?:do|will|can|could|does) (?:${boss}|${bot}) (?:ever )?${see} (?:${thing}|me|us)`,
    `(?:are you|is (?:${boss}|a (?:human|person))) (?:recording|monitoring|watching|listening|tracking|logging|reading|looking at)(?: (?:to )?(?:me|us|${thing}))?`,
  ].join('|')})[?.! ]*$`,
  'i',
);

/**
 * What people ask a bot for by a word that is no command here: how it is done, in a sentence, and where. Each is meant as it
 * is; with other words behind it ("delete photos of a child") it is looked up.
 */
export const howTos: readonly {
  asked: readonly [string, ...string[]];
  /** Asked in other words, or with more behind them; it is no first word of anything else then. */
  meant?: RegExp;
  says: Mrkdwn;
  /** Text of a button, and the line it runs. */
  ways: readonly (readonly [text: string, line: string])[];
}[] = [
  {
    asked: [
      'delete',
      'remove',
      'erase',
      'delete a reflection',
      'delete my reflection',
      'delete my reflections',
      'delete a message',
    ],
    says: mrkdwn`*What do you want to delete?* A reflection: open it in your journal. A saved resource: in the menu beside it. All that is kept about you, or a part: under privacy.`,
    ways: [
      ['My journal', 'journal'],
      ['What I saved', 'saved'],
      ['What is kept', 'privacy'],
    ],
  },
  {
    asked: [
      'delete my searches',
      'my searches',
      'search history',
      'my search history',
      'my history',
      'clear history',
      'are my searches kept',
      'who sees my searches',
      'who can see my searches',
    ],
    meant:
      /^(?:please )?(?:delete|clear|erase|remove|wipe|forget|show|see) (?:all )?(?:of )?(?:my|the) (?:past |old |last |recent )?(?:search(?:es)?|look-?ups?)(?: history)?[.!?]*$|^do you (?:keep|store|save|log|remember) (?:my|our) (?:search(?:es)?|look-?ups?)\b/i,
    says: mrkdwn`*There is nothing to delete: what you look up is not kept with your name, neither the words nor a list of them.* Kept for a while is that you looked something up in a week, to count people by; and plain words that found nothing, as nobody\u2019s. What you write to me as a message stays in Slack, and what you ask the curators reaches them without your name.`,
    ways: [['What is kept', 'privacy']],
  },
  {
    asked: [
      'is this private',
      'is this confidential',
      'is this anonymous',
      'who sees this',
      'who can see this',
      'who reads this',
      'do you tell my manager',
    ],
    meant: ofPrivacy,
    says: mrkdwn`*Your reflections and drafts are yours alone, unless you share one.* Who sees a check-in\u2019s answers is said before you answer; what you look up is not kept with your name. Employers and managers have no view here, and I tell them nothing. What you write to me as a message I do not keep, but Slack does, and owners of the workspace may be able to export it.`,
    ways: [
      ['What is kept', 'privacy'],
      ['My journal', 'journal'],
    ],
  },
  {
    asked: [
      'broken link',
      'report a broken link',
      'dead link',
      'broken links',
      'link not working',
      'link is broken',
      'link broken',
      'the link does not work',
      "link doesn't work",
      'report a link',
      'page not found',
      'report a resource',
      'report an error',
      'out of date',
      'wrong number',
      'wrong phone number',
    ],
    meant:
      /^(?:how (?:do|can) i |i (?:want|would like|need) to )?(?:report|flag|tell you about) (?:a |an |the |this )?(?:broken|dead|wrong|old|outdated|out of date)[ -](?:link|page|number|phone number|address|resource|entry)\b|^(?:a|the|this|that|one) (?:link|page) (?:is|does|did|was|has)(?: not|n't)? (?:broken|dead|gone|work|working|open)\b/i,
    says: mrkdwn`*Find the resource, then choose \u201cAbout, helped, out of date\u201d in the menu beside it.* There you say that its link does not work, that it is out of date, or that our words for it are not right. The curators look at it, and are not shown that it was you.`,
    ways: [
      ['Find a resource', 'find'],
      ['What I saved', 'saved'],
      ['Better words?', 'flag'],
    ],
  },
  {
    asked: [
      'weather',
      'what time is it',
      'what is the time',
      'what day is it',
      'what is the date',
      'tell me a joke',
      'the weather',
    ],
    meant:
      /^what(?:'s|s| is) the (?:weather|time|date)(?: (?:like|in|today|now|tomorrow|here|please)\b.*)?[?.! ]*$|^(?:weather|forecast) (?:for|in|today|tomorrow)\b|^(?:the |next |last )?(?:train|bus|tube|coach|ferry|flight)s? (?:times?|timetables?)\b|^(?:when is |what time is )?(?:the )?(?:next|last) (?:train|bus|tube|coach)\b/i,
    says: mrkdwn`*That I do not know.* I find resources about trauma and what helps, and keep what you write for yourself.`,
    ways: [['Find a resource', 'find']],
  },
  {
    asked: ['undo', 'undelete', 'restore', 'put back', 'bring back', 'get it back'],
    says: mrkdwn`*A reflection or draft that you deleted can be brought back from your journal for 24 hours.* A resource that you removed: save it again. A choice in your settings: choose anew.`,
    ways: [
      ['My journal', 'journal'],
      ['What I saved', 'saved'],
      ['My settings', 'settings'],
    ],
  },
  {
    asked: [
      'remind',
      'remind me',
      'reminder',
      'reminders',
      'set a reminder',
      'notification',
      'notifications',
      'notify me',
      'alerts',
    ],
    says: mrkdwn`*Whether I remind you is in your settings.* I remind you of check-ins and of sessions you have booked, and of nothing else. What you note as something to try comes back to you twice.`,
    ways: [
      ['My settings', 'settings'],
      ['Something to try', 'try'],
    ],
  },
  {
    asked: ['certificate', 'certificates', 'my certificate', 'certificate of attendance'],
    says: mrkdwn`*A certificate is there once a host has confirmed that you were at a session.* Open sessions, then \u201cPast sessions\u201d. What you were at can go into your CPD record too.`,
    ways: [
      ['Sessions', 'sessions'],
      ['CPD record', 'cpd'],
    ],
  },
  {
    asked: [
      'translate',
      'translation',
      'translator',
      'translate this',
      'change language',
      'other languages',
      'in another language',
    ],
    says: mrkdwn`*I speak English only, and translate nothing.* The catalogue does not say which pages are in another language. There is something on interpreters.`,
    ways: [['Find interpreters', 'find interpreter']],
  },
  {
    asked: ['name', 'my name', 'change name', 'change my name', 'nickname'],
    says: mrkdwn`*I use your name in Slack.* Change it in your Slack profile. In the list of colleagues you can go by another one.`,
    ways: [['Colleagues', 'people']],
  },
  {
    asked: [
      'password',
      'login',
      'log in',
      'log out',
      'logout',
      'sign in',
      'sign out',
      'username',
      'account',
      'my account',
    ],
    says: mrkdwn`*There is no password here: you are signed in through Slack.* Whoever looks after your Slack workspace can help with that. Other people\u2019s websites have sign-ins of their own.`,
    ways: [['What is kept', 'privacy']],
  },
  {
    asked: ['home', 'app home', 'home tab'],
    says: mrkdwn`*Home is the first tab above our conversation in Slack.* What waits for you, what you keep and your choices are there.`,
    ways: [],
  },
  {
    asked: ['share', 'share this', 'send to a colleague', 'pass on', 'forward'],
    says: mrkdwn`*To share a resource: find it, then \u201cShare\u201d in the menu beside it.* You see what is sent before it goes.`,
    ways: [
      ['Find a resource', 'find'],
      ['What I saved', 'saved'],
    ],
  },
  {
    asked: ['save', 'save this', 'bookmark', 'bookmarks', 'favourite', 'favourites', 'favorites', 'my list'],
    says: mrkdwn`*To save a resource: \u201cSave\u201d in the menu beside it.* You alone see what you saved.`,
    ways: [
      ['What I saved', 'saved'],
      ['Find a resource', 'find'],
    ],
  },
  {
    asked: ['download', 'export', 'my copy', 'copy of my data', 'print', 'pdf'],
    says: mrkdwn`*You can take away a copy of what is kept about you, and your CPD record.* A resource opens on its own website, to print or save there.`,
    ways: [
      ['What is kept', 'privacy'],
      ['CPD record', 'cpd'],
    ],
  },
  {
    asked: ['join', 'join a group', 'sign up', 'register', 'enrol', 'enroll', 'book', 'book a place'],
    says: mrkdwn`*Sessions you book yourself; to a group a facilitator adds you.*`,
    ways: [
      ['Sessions', 'sessions'],
      ['My groups', 'groups'],
    ],
  },
  {
    asked: [
      'contact',
      'contact us',
      'human',
      'talk to a human',
      'feedback',
      'complaint',
      'complain',
      'bug',
      'report a problem',
      'not working',
      'it does not work',
      "it doesn't work",
    ],
    says: mrkdwn`*Nobody reads what is written to me.* Please tell your facilitator, in Slack. Where words of ours are not the right ones, or a resource is out of date, the curators hear it from you by what stands beside them.`,
    ways: [
      ['My facilitator', 'facilitator'],
      ['Better words?', 'flag'],
    ],
  },
];
