import type { Tour, TourMatch } from 'practice-workspace';
import { copyFile } from './copy.ts';
import { earlierGroup } from './earlier.ts';

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
    about:
      'What a group said, what you give back, a report for the board, who is new, and a check-in of your own.',
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
        todo: `Press *Back to Home*, *Reports*, and *Open* beside ${earlierGroup}. Turn its screens with *More*, or *Go to*.`,
        why: 'A group that ended before this one: who took part, before and after, what it changed. All of it out of what was collected anyway.',
        done: [pressed('evaluation.open', 'jo')],
      },
      {
        as: 'jo',
        at: 'home',
        todo: 'Under *Go to*, choose *Overview*. Press *As a Word file*, then *Send me the file*.',
        why: 'An appendix for a board paper, with charts, what the figures cannot say, and room for next steps. Open the file where it arrived: Messages.',
        done: [{ on: 'press', saying: 'As a Word file' }],
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
        as: 'jo',
        at: 'home',
        todo: 'Under *Sessions I run*, press *Open*, then *Session pack*.',
        why: 'Its shape by the clock, a made-up case, who comes in numbers, and mixed groups for the discussion.',
        done: [pressed('training.pack')],
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
        as: 'jo',
        at: 'general',
        todo: 'Type `/chatr pilot new`, choose a kind of pilot and a first day, then *See all dates*.',
        why: 'Group, sessions, check-ins and the day of the report in one go. Nothing is made before *Schedule all of it*.',
        done: [sent('pilots.plan-form')],
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
    about: 'A check-in in a minute, a search, a private note, a CPD record, and how to have fewer messages.',
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
        todo: 'Press *Write a reflection*, write a line with an invented phone number into the one box, and save it.',
        why: 'A line is enough. I look for numbers, addresses and names that could point to somebody, and ask before I keep them. I do not see everything.',
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
        todo: 'Under *What I will try*, press *Open what I noted*, and say how it went.',
        why: 'What Ira meant to try comes back twice, then leaves Ira alone. Nobody else sees it.',
        done: [pressed(/^intentions\.outcome:/)],
      },
      {
        as: 'robin',
        at: 'general',
        todo: 'Type `/chatr training`, and press *Past sessions*.',
        why: 'Jo has taken attendance, so the certificate is here, and the hours are offered for the CPD record.',
        done: [pressed('training.past')],
      },
      {
        as: 'robin',
        at: 'home',
        todo: 'Press *CPD record*, *Choose entries*, tick what counts, and *Go on*.',
        why: 'A draft in your profession’s form, out of what you kept anyway. Nothing counts before you tick it, and nobody else sees it.',
        done: [sent('cpd.entries')],
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
    about: 'What is kept, who sees it, what copies of the files show, and how it goes again.',
    steps: [
      {
        as: 'robin',
        at: 'general',
        todo: 'Type `/chatr my data`.',
        why: 'What lies there about Robin just now and why, counted from the database. On Home it is *What is kept about me*.',
        done: [shown('My data'), told(/What I keep about you/)],
      },
      {
        as: 'robin',
        at: 'general',
        todo: 'Under `/chatr my data`, press *Get a copy*, then *Send me the file*.',
        why: 'Before it is made: what is in it, where it will lie, and when it is removed. *Get it as data (JSON)* is for another system.',
        done: [sent('files.send')],
      },
      {
        as: 'robin',
        at: 'general',
        todo: 'Under `/chatr my data`, press *What others see of me*.',
        why: 'By role, as their own screens would show it, and what whoever runs the server could read.',
        done: [pressed('privacy.seen')],
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
        site: copyFile,
        todo: 'Open a copy of the database and of the key file.',
        why: 'What somebody finds in two lost backups: who took part, not a word of what they answered or reflected on, and keys that open nothing without the master key.',
        done: [{ on: 'site', what: copyFile }],
      },
      {
        as: 'gus',
        at: 'general',
        todo: 'Type `/chatr my data`, press *Have everything deleted*, then *Delete everything*.',
        why: 'The receipt says what is gone and what is left, and why. Gus’s key goes as well, so that an old backup opens no more.',
        done: [pressed('privacy.delete.everything.now')],
      },
    ],
  },
];
