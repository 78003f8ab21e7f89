// The panel that leads a newcomer through the first connection: steps, customers to copy from, and the clock under both of Webex's policies.

const clockFormat = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const element = (id) => document.getElementById(id);

/** What to look for while days pass, under each policy. */
const LOOK_FOR = {
  renews: 'Look for: nothing. Hubkeeper refreshes the tokens each week, and no warning comes.',
  ends: 'Look for: warnings 30, 14, 7, 3 and 1 days before, a direct message 3 days before, the end. Each has Reconnect.',
};

const counted = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** What came of the days that passed, in words. */
function livedWords({ days, renews, refreshes, said, grants }) {
  if (grants === 0) {
    return `${counted(days, 'day')} passed, and nothing is connected yet. Connect a customer by the steps above first.`;
  }
  const refreshed = `${counted(days, 'day')} passed. Hubkeeper refreshed the tokens ${counted(refreshes, 'time')}`;
  const wrote = said === 0 ? 'wrote nothing' : `wrote ${counted(said, 'message')}`;
  return renews
    ? `${refreshed} and ${wrote}. ${refreshes === 0 ? '' : 'Each refresh gave 90 new days. '}Type list to see it.`
    : `${refreshed}, which gave no new days, and ${wrote}. Press Reconnect on the last one for 90 new days.`;
}

export function createGuide({ say, turnClock, setPolicy, lived }) {
  const panel = element('guide');
  const toggle = element('guide-toggle');
  const announce = (text) => {
    element('guide-said').textContent = text;
  };

  function open(isOpen) {
    panel.classList.toggle('open', isOpen);
    toggle.setAttribute('aria-expanded', String(isOpen));
    (isOpen ? element('guide-close') : toggle).focus();
  }
  toggle.addEventListener('click', () => open(!panel.classList.contains('open')));
  element('guide-close').addEventListener('click', () => open(false));

  element('say-add').addEventListener('click', async () => {
    try {
      await say('add');
      panel.classList.remove('open');
      toggle.setAttribute('aria-expanded', 'false');
    } catch (error) {
      announce(error.message);
    }
  });

  const clockButtons = [...panel.querySelectorAll('[data-days]')];
  const otherLife = element('other-life');
  const lives = [...panel.querySelectorAll('[name="life"]')];
  const isRenewing = () => element('renews').checked;

  function showLookFor() {
    element('look-for').hidden = false;
    element('lived').hidden = true;
    otherLife.hidden = true;
    element('look-for').textContent = LOOK_FOR[isRenewing() ? 'renews' : 'ends'];
  }

  /** Days pass one by one: each is over once Hubkeeper has done what fell due on it. */
  async function live(days) {
    const renews = isRenewing();
    const controls = [...clockButtons, ...lives, otherLife];
    for (const control of controls) control.disabled = true;
    otherLife.hidden = true;
    const said = element('lived');
    said.hidden = false;
    // A screen reader waits for the outcome, instead of each day.
    said.setAttribute('aria-busy', 'true');
    try {
      const before = await lived();
      for (let day = 1; day <= days; day += 1) {
        said.textContent = `Day ${day} of ${days}…`;
        await turnClock(1);
      }
      const after = await lived();
      said.textContent = livedWords({
        days,
        renews,
        refreshes: after.refreshes - before.refreshes,
        said: after.said - before.said,
        grants: after.grants,
      });
      element('look-for').hidden = true;
      otherLife.hidden = after.grants === 0 || days < 90;
      otherLife.textContent = renews ? 'Now see a grant that ends' : 'Now see a grant that renews';
    } catch (error) {
      said.textContent = error.message;
    } finally {
      said.setAttribute('aria-busy', 'false');
      for (const control of controls) control.disabled = false;
    }
  }

  for (const button of clockButtons) {
    button.addEventListener('click', async () => {
      await live(Number(button.dataset.days));
      button.focus();
    });
  }

  /** True where Webex's policy is the one that is chosen. */
  async function choose(renews) {
    try {
      await setPolicy(renews);
      return true;
    } catch (error) {
      element(renews ? 'ends' : 'renews').checked = true;
      announce(error.message);
      return false;
    } finally {
      showLookFor();
    }
  }
  for (const life of lives) life.addEventListener('change', () => choose(isRenewing()));

  otherLife.addEventListener('click', async () => {
    const renews = !isRenewing();
    element(renews ? 'renews' : 'ends').checked = true;
    if (await choose(renews)) await live(90);
    otherLife.focus();
  });

  function copyButton({ name, number }, shown) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'small copy';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', `Copy the one of ${name}`);
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(number);
        button.textContent = 'Copied';
        announce(`The organization number of ${name} was copied.`);
      } catch {
        // Without the right to write to the clipboard the number is marked, ready for the keyboard.
        getSelection().selectAllChildren(shown);
        button.textContent = 'Marked';
      }
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2000);
    });
    return button;
  }

  /** An organization with its number to copy. */
  function organizationItem(organization) {
    const item = document.createElement('li');
    const number = Object.assign(document.createElement('code'), {
      className: 'number',
      textContent: organization.number,
    });
    const head = document.createElement('div');
    head.className = 'customer-head';
    head.append(
      Object.assign(document.createElement('strong'), { textContent: organization.name }),
      copyButton(organization, number),
    );
    item.append(
      head,
      Object.assign(document.createElement('span'), {
        className: 'quiet',
        textContent: organization.administrator ? `Administrator: ${organization.administrator}` : 'No administrator',
      }),
      number,
    );
    return item;
  }

  return {
    showOrganizations({ customers, own }) {
      element('customers').replaceChildren(...customers.map(organizationItem));
      element('own').replaceChildren(...own.map(organizationItem));
    },
    showPolicy(refreshRenews) {
      const chosen = element(refreshRenews ? 'renews' : 'ends');
      const isNews = !chosen.checked || element('look-for').textContent === '';
      chosen.checked = true;
      // The page asks again at each event: what it says of the days that pass stays.
      if (isNews) showLookFor();
    },
    showClock(now) {
      const clock = element('clock');
      clock.dateTime = now;
      clock.textContent = clockFormat.format(new Date(now));
    },
  };
}
