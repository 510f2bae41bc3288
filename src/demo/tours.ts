import type { Tour, TourMatch } from 'practice-workspace';
import { copyFile } from './copy.ts';

/** What a visitor is led through, by what they do; each step counts whichever way they get there. */

const shown = (title: string | RegExp, by?: string): TourMatch => ({
  on: 'window',
  saying: title,
  ...(by !== undefined && { by }),
});
const pressed = (actionId: string | RegExp, by?: string): TourMatch => ({
  on: 'press',
  what: actionId,
  ...(by !== undefined && { by }),
});
const sent = (callbackId: string): TourMatch => ({ on: 'send', what: callbackId });
const told = (text: RegExp, by?: string): TourMatch => ({
  on: 'message',
  saying: text,
  ...(by !== undefined && { by }),
});

export const tours: readonly Tour[] = [
  {
    id: 'facilitators',
    title: 'For facilitators',
    about: 'What a group said, what you give back, who is new, and a check-in of your own.',
    steps: [
      {
        as: 'jo',
        at: 'home',
        todo: 'On the results, press *Read their words*.',
        why: 'What people wrote, without names. Later you find it on Home under Results: “Other rounds” has the dates.',
        done: [shown('In their words')],
      },
      {
        as: 'jo',
        at: 'home',
        todo: 'Press *Say what we heard*, write a line in both fields, choose where it goes, then *Preview* and *Post it*.',
        why: 'People go on answering when they hear what came of it.',
        done: [pressed('checkins.heard-post')],
      },
      {
        as: 'jo',
        at: 'home',
        todo: 'Press *A page for the table (Word)*, then *Send me the file*.',
        why: 'For the next meeting: how the group stands, and nobody’s words. I take it away after 24 hours.',
        done: [sent('files.send')],
      },
      {
        as: 'jo',
        at: 'home',
        todo: 'Press *Back to Home*, *See who waits for a hello*, *Say hello*, then *I have said hello*.',
        why: 'Cam has just joined, and a few words from a person make a good start.',
        done: [pressed('onboarding.greeted')],
      },
      {
        as: 'jo',
        at: 'general',
        todo: 'Type `/chatr progress`, or press *How groups are getting on* on Home.',
        why: 'How many are under way with their first steps, never who, and no number under five.',
        done: [told(/^\*?First steps in /), shown('First steps')],
      },
      {
        as: 'kim',
        at: 'home',
        todo: 'Under Catalogue on Home, press *See what waits*.',
        why: 'A curator’s queue: what people suggested, asked for and reported. Each takes a minute.',
        done: [pressed(/^resources\.queue\./), told(/ waits? for a curator/)],
      },
      {
        as: 'jo',
        at: 'general',
        todo: 'Type `/chatr checkin new`, and plan one until *Schedule check-in*.',
        why: 'Nothing is sent before you have seen all of it.',
        done: [sent('checkins.confirm')],
      },
      {
        todo: 'Beside the clock, press *what’s next*.',
        why: 'What is due comes at its minute. A line then says who was written to, and each name leads there.',
        done: [{ on: 'clock' }],
      },
    ],
  },
  {
    id: 'trainees',
    title: 'For trainees',
    about: 'A check-in in a minute, a search, a private note, and how to have fewer messages.',
    steps: [
      {
        as: 'robin',
        at: 'home',
        todo: 'Press *Answer now*, choose, and *Send answers*.',
        why: 'It takes a minute. That you answered is kept, never which answer is yours.',
        done: [sent('checkins.form')],
      },
      {
        as: 'robin',
        at: 'general',
        todo: 'Type `/chatr birth trauma`. Beside one you have not saved: ⋯, then *Save*.',
        why: 'Your own words will do. Only you see the answer; what you save waits on Home.',
        done: [{ on: 'press', what: 'resources.about', saying: 'Save' }],
      },
      {
        as: 'robin',
        at: 'home',
        todo: 'Press *Write a reflection*, write a line with an invented phone number, and save it.',
        why: 'I look for numbers, addresses and names that could point to somebody, and ask before I keep them. I do not see everything.',
        done: [shown('A quick look first')],
      },
      {
        as: 'robin',
        at: 'home',
        todo: 'Press *My journal*, or type `/chatr journal`.',
        why: 'It is kept sealed. You can change, copy or delete each note.',
        done: [shown('My journal', 'robin')],
      },
      {
        as: 'jo',
        at: 'general',
        todo: 'Now as the facilitator: type `/chatr journal`.',
        why: 'Jo finds a journal of Jo’s own, and no way into Robin’s.',
        done: [shown('My journal', 'jo')],
      },
      {
        as: 'ira',
        at: 'home',
        todo: 'Press *Open what I noted*, and say how it went.',
        why: 'What Ira meant to try comes back twice, then leaves Ira alone. Nobody else sees it.',
        done: [pressed(/^intentions\.outcome:/)],
      },
      {
        as: 'cam',
        at: 'home',
        todo: 'Press *Not now* or *Skip this step*.',
        why: 'Cam is new. First steps come two a week at most, and each can be left out.',
        done: [pressed(/^onboarding\.(snooze|skip|done|stop)/, 'cam')],
      },
      {
        as: 'robin',
        at: 'home',
        todo: 'Press *Pause all messages*, or type `/chatr pause`.',
        why: 'One press, and no reason asked. “Start messages again” is as short.',
        done: [shown('Paused'), told(/^\*?All messages are paused/)],
      },
    ],
  },
  {
    id: 'data-protection',
    title: 'For data-protection officers',
    about: 'What is kept, who sees it, what a copy of the database shows, and how it goes again.',
    steps: [
      {
        as: 'robin',
        at: 'home',
        todo: 'Press *What is kept about me*, or type `/chatr my data`.',
        why: 'What lies there about Robin just now, counted from the database.',
        done: [shown('My data'), told(/What I keep about you/)],
      },
      {
        as: 'robin',
        at: 'home',
        todo: 'Press *Privacy notice*.',
        why: 'What people read before they agree. What your organisation has to settle, it leaves open and says so.',
        done: [shown('Privacy notice')],
      },
      {
        as: 'bo',
        at: 'home',
        todo: 'Read *Taking part*, under Your settings on Home.',
        why: 'Bo said no. That is kept, and nothing that Bo writes from then on.',
        done: [{ on: 'open', what: 'home', by: 'bo' }],
      },
      {
        as: 'jo',
        at: 'home',
        todo: 'Under Results on Home, press *Read their words*.',
        why: 'The most a facilitator sees of a round that is over (“Other rounds” has the dates): from five answers on, and no names.',
        done: [shown('In their words')],
      },
      {
        as: 'jo',
        at: 'home',
        todo: 'Under Results on Home, press *A page for the table (Word)*.',
        why: 'Before a file goes out: what is in it, where it will lie, and when it is removed.',
        done: [{ on: 'window', what: 'files.send' }],
      },
      {
        site: copyFile,
        todo: 'Open a copy of the database.',
        why: 'What somebody finds in a lost backup: who took part, and not a word of what they answered or reflected on.',
        done: [{ on: 'site', what: copyFile }],
      },
      {
        as: 'gus',
        at: 'home',
        todo: 'Press *My journal*, *Open*, *Delete*, then *Delete reflection*.',
        why: 'It can be brought back for a day. Then it is gone from the file too; backups keep what they had.',
        done: [pressed('reflections.delete')],
      },
      {
        as: 'gus',
        at: 'home',
        todo: 'Type `/chatr leave`, press *Leave the programme*, then *Leave*.',
        why: 'Messages stop at once. What was written stays Gus’s; “Leave and delete everything” stands beside it, and a copy to take away.',
        done: [pressed('preferences.leave.confirmed')],
      },
    ],
  },
];
