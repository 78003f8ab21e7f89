// The panel that leads a newcomer through the first connection: steps, customers to copy from, and the clock.

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

/** Days pass one by one, each this long, so that the bot, which looks at the clock every two seconds, lives through them. */
const DAY_TAKES_MS = 400;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function createGuide({ say, turnClock, setPolicy }) {
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
  for (const button of clockButtons) {
    button.addEventListener('click', async () => {
      const days = Number(button.dataset.days);
      for (const other of clockButtons) other.disabled = true;
      try {
        for (let day = 1; day <= days; day += 1) {
          await turnClock(1);
          if (day < days) await wait(DAY_TAKES_MS);
        }
        announce(`The clock says ${element('clock').textContent}`);
      } catch (error) {
        announce(error.message);
      } finally {
        for (const other of clockButtons) other.disabled = false;
        button.focus();
      }
    });
  }

  const renews = element('renews');
  renews.addEventListener('change', async () => {
    try {
      await setPolicy(renews.checked);
    } catch (error) {
      renews.checked = !renews.checked;
      announce(error.message);
    }
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

  return {
    showCustomers(customers) {
      element('customers').replaceChildren(
        ...customers.map((customer) => {
          const item = document.createElement('li');
          const number = Object.assign(document.createElement('code'), {
            className: 'number',
            textContent: customer.number,
          });
          const head = document.createElement('div');
          head.className = 'customer-head';
          head.append(
            Object.assign(document.createElement('strong'), { textContent: customer.name }),
            copyButton(customer, number),
          );
          item.append(
            head,
            Object.assign(document.createElement('span'), {
              className: 'quiet',
              textContent: customer.administrator ? `Administrator: ${customer.administrator}` : 'No administrator',
            }),
            number,
          );
          return item;
        }),
      );
    },
    showPolicy(refreshRenews) {
      renews.checked = refreshRenews;
    },
    showClock(now) {
      const clock = element('clock');
      clock.dateTime = now;
      clock.textContent = clockFormat.format(new Date(now));
    },
  };
}
