import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';

/**
 * What people ask a bot for by a word that is no command here: how it is done, in a sentence, and where. Each is meant as it
 * is; with other words behind it ("delete photos of a child") it is looked up.
 */
export const howTos: readonly {
  asked: readonly [string, ...string[]];
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
    says: mrkdwn`*I speak English only, and translate nothing.* I can look for material in other languages, and for interpreters.`,
    ways: [
      ['Find other languages', 'find in other languages'],
      ['Find interpreters', 'find interpreter'],
    ],
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
