// What a person's calling behaviour means beside the record's choice.
import { describe, expect, it } from 'vitest';
import { countWords, noCounts, stateOf, wantedOf } from '../../src/directory/calling/calling-rules.ts';

const webex = 'NATIVE_WEBEX_TEAMS_CALLING';
const unifiedCm = 'NATIVE_SIP_CALL_TO_UCM';
const jabber = 'CALL_WITH_APP_REGISTERED_FOR_CISCOTEL';

describe('the choice of a record', () => {
  it.each([
    ['Calling in Webex App', webex],
    ['Calling in Webex App (Unified CM)', unifiedCm],
    ['Cisco Jabber app', jabber],
    ['Third-Party app', 'CALL_WITH_APP_REGISTERED_FOR_TEL'],
    [null, undefined],
    ['what an older version knew', undefined],
  ])('%s is %s at Webex', (default_calling_behaviour, wanted) => {
    expect(wantedOf({ default_calling_behaviour })).toBe(wanted);
  });
});

describe('a person', () => {
  it.each([
    ['has none', null, webex, undefined, 'differs'],
    ['has what is wanted', unifiedCm, unifiedCm, undefined, 'same'],
    ['has it in other letters', 'native_sip_call_to_ucm', unifiedCm, undefined, 'same'],
    ['has it by the default of the organization', null, unifiedCm, undefined, 'same'],
    ['has chosen', jabber, jabber, undefined, 'own'],
    ['has what a later Webex may know', 'CALL_BY_PIGEON', 'CALL_BY_PIGEON', undefined, 'own'],
    ['has what we have set', jabber, jabber, jabber, 'differs'],
    ['has changed what we have set', webex, webex, jabber, 'own'],
    ['has taken away what we have set', null, webex, jabber, 'differs'],
  ] as const)('who %s', (_, behaviorType, effective, setType, state) => {
    const known = { setType: setType ?? null, priorType: null };
    expect(stateOf({ behaviorType, effective, profileId: null }, { wanted: unifiedCm, known })).toBe(state);
  });

  it('who has what we had set before a change that was cut off has made no choice', () => {
    const known = { setType: webex, priorType: jabber };
    expect(stateOf({ behaviorType: jabber, effective: jabber, profileId: null }, { wanted: unifiedCm, known })).toBe(
      'differs',
    );
  });

  it('of whom Webex does not tell cannot be read', () => {
    expect(stateOf(undefined, { wanted: unifiedCm, known: undefined })).toBe('unreadable');
  });
});

it('is counted in words, without what there is none of', () => {
  const counts = { ...noCounts, differs: 12_000, same: 1, unreadable: 2 };
  expect(countWords(counts, 'look')).toBe('12,000 would be changed, 1 already so and 2 cannot be read');
  expect(countWords(noCounts, 'apply')).toBe('0 changed');
  expect(countWords({ ...noCounts, written: 3, own: 1 }, 'undo')).toBe(
    '3 put back and 1 changed by somebody since, and left alone',
  );
});
