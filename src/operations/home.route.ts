// The front page: it says what listens here, and where to go.

import { messagePage } from '../http/page.ts';
import { reading, route } from '../http/route.ts';

/** In the demo it leads to the simulated Webex; elsewhere Webex itself is where people talk to the bot. */
export const homeRoute = route<{ homeUrl?: string | undefined }>({
  path: '/',
  methods: reading,
  handle:
    ({ homeUrl }) =>
    (_request, response) => {
      response.set('Cache-Control', 'no-store');
      if (homeUrl !== undefined) return response.redirect(302, homeUrl);
      response.send(
        messagePage({
          title: 'Hubkeeper is running',
          tone: 'neutral',
          lines: ['This is a Webex bot. Add it to a space in Webex, and mention it there.'],
          hint: 'If somebody sent you a connect link, open it as a whole.',
        }),
      );
    },
});
