// shell.test.mjs - the way in and out, the line, and how it looks: in the browser, against the real server and
// database.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { fits, launch, look, person, settled, signIn, soon } from './browser.mjs';
import { deploy, long, password } from './deployment.mjs';

let browser, deployment;

before(async () => { [browser, deployment] = await Promise.all([launch(), deploy()]); });
beforeEach(() => deployment.line.mend());
after(async () => { await browser?.close(); await deployment?.end(); });

const desk = { viewport: { width: 1280, height: 800 } }, wall = { viewport: { width: 1920, height: 1080 } };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const enter = options => person(browser, deployment.origin, options);

test('by keyboard alone: in, to the page, and out again', async () => {
	const { page, leave } = await enter();

	await page.goto('/');
	await page.locator('#email:focus').waitFor();
	await page.keyboard.type('x@meridian.example');
	await page.keyboard.press('Tab');
	await page.keyboard.type(password);
	await page.keyboard.press('Enter');
	await page.getByText('Live', { exact: true }).waitFor();
	assert.equal(await page.locator(':focus').innerText(), 'Meridian Payments');
	assert.equal(await page.locator('header .organisation').innerText(), 'Meridian Payments');
	assert.equal(await page.locator('main .head .muted').innerText(), 'Administrator');
	for (let stops = 0; stops < 10 && await page.locator(':focus').getAttribute('aria-label') !== 'Account of Xenia Xanthou'; stops++)
		await page.keyboard.press('Shift+Tab');
	await page.keyboard.press('Enter');
	assert.match(await page.locator('#account').innerText(), /Signed in until .*\d\d:\d\d at the latest\./);
	await page.keyboard.press('Escape');
	assert.equal(await page.locator('#account').isVisible(), false);
	await page.keyboard.press('Enter');
	for (let stops = 0; stops < 10 && await page.locator(':focus').innerText() !== 'Sign out'; stops++)
		await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.getByText('You are signed out.').waitFor();
	assert.equal(await page.locator(':focus').getAttribute('id'), 'email');
	assert.deepEqual(await page.context().cookies(), []);
	await page.reload();
	await page.getByRole('heading', { name: 'Sign in' }).waitFor();
	await leave();
});

test('a wrong password is refused in the words of the language, and the right one then does', async () => {
	const { page, complaints, leave } = await enter();

	await page.goto('/');
	await page.getByLabel('E-mail address').fill('x@meridian.example');
	await page.getByLabel('Password', { exact: true }).fill('not the password');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('alert').getByText('The e-mail address or the password is wrong.', { exact: true }).waitFor();
	assert.equal(await page.locator(':focus').getAttribute('id'), 'password');
	await look(page, 'refused');
	await page.getByLabel('Deutsch').check();
	await page.getByRole('alert').getByText('Die E-Mail-Adresse oder das Passwort ist falsch.', { exact: true }).waitFor();
	await page.getByLabel('Passwort', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Anmelden' }).click();
	await page.getByText('Verbunden', { exact: true }).waitFor();
	await complaints.expect(/the server responded with a status of 401/);
	await leave();
});

test('attempts that come too fast are told how long to wait', async () => {
	const { page, complaints, leave } = await enter();

	await page.goto('/');
	await page.getByLabel('E-mail address').fill('nobody@meridian.example');
	for (let attempts = 0; attempts < 15 && await page.getByText(/Try again in \d+ (seconds?|minutes?)\./).count() === 0; attempts++) {
		await page.getByLabel('Password', { exact: true }).fill(`guess ${attempts}`);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.locator('form [aria-disabled=false]').waitFor();
	}
	await page.getByText(/^Too many attempts\. Try again in \d+ (seconds?|minutes?)\.$/).waitFor();
	await complaints.expect(/the server responded with a status of (401|429)/);
	await leave();
});

test('an address can be opened and reloaded, and leads to where it says after the sign-in', async () => {
	const { page, leave } = await enter();

	await signIn(page, 'x@meridian.example', '/nowhere/IA-2026-02');
	await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
	await page.reload();
	await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
	await page.getByRole('link', { name: 'Go to the beginning' }).click();
	await page.getByRole('heading', { name: 'Meridian Payments' }).waitFor();
	assert.equal(new URL(page.url()).pathname, '/');
	await page.goBack();
	await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
	await leave();
});

test('a cut line is said, is made again by itself or at once, and nobody is signed out by it', async () => {
	const { page, complaints, leave } = await enter();

	await signIn(page, 'x@meridian.example');
	deployment.line.cut();
	await page.getByText('No line', { exact: true }).waitFor();
	await page.getByRole('heading', { name: 'Meridian Payments' }).waitFor();
	await page.getByRole('button', { name: 'Account of Xenia Xanthou' }).click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
	await look(page, 'cut');
	await complaints.said(/WebSocket connection to .* failed|net::ERR_/);
	deployment.line.mend();
	await page.getByText('Live', { exact: true }).waitFor();

	await page.keyboard.press('Escape');
	await page.clock.install();
	await page.clock.pauseAt(Date.now() + 60_000);		// by itself it would come back only when time goes on
	deployment.line.cut();
	await page.getByText('No line', { exact: true }).waitFor();
	deployment.line.mend();
	await page.getByRole('button', { name: 'Try now' }).click();
	await page.getByText('Live', { exact: true }).waitFor();
	await complaints.expect(/WebSocket connection to .* failed|net::ERR_/);
	await leave();
});

test('on a telephone there is room for a cut line, in both languages', async () => {
	const { page, complaints, leave } = await enter(phone);

	await signIn(page, 'h@vnz.example');
	deployment.line.cut();
	await page.getByRole('button', { name: 'Try now' }).waitFor();
	await look(page, 'cut-English-phone');
	await page.getByRole('button', { name: /^Account of/ }).click();
	await page.getByLabel('Deutsch').check();
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Neu verbinden' }).waitFor();
	await look(page, 'cut-Deutsch-phone');
	await complaints.expect(/WebSocket connection to .* failed|net::ERR_/);		// the letters of a name may be missing in the font that is there
	deployment.line.mend();
	await page.getByText('Verbunden', { exact: true }).waitFor();
	await leave();
});

test('without a line the way in says so', async () => {
	const { page, complaints, leave } = await enter();

	await page.goto('/');
	await page.getByLabel('E-mail address').fill('x@meridian.example');
	await page.getByLabel('Password', { exact: true }).fill(password);
	deployment.line.cut();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByRole('alert').getByText('The server cannot be reached. Try again when you are connected.').waitFor();
	deployment.line.mend();
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.getByText('Live', { exact: true }).waitFor();
	await complaints.expect(/net::ERR_/);
	await leave();
});

test('a link leads through the password to where it says, and its code stays in no address', async () => {
	const { page, leave } = await enter();
	const code = deployment.invite('m@meridian.example');

	await page.goto(`/audits#code=${code}`);
	await page.getByRole('heading', { name: 'Set your password' }).waitFor();
	assert.equal(new URL(page.url()).hash, '');
	assert.equal(await page.getByLabel('Code from the invitation').inputValue(), code);
	await look(page, 'join');
	await page.getByLabel('New password').fill('password1234567');
	await page.getByRole('button', { name: 'Set password and go on' }).click();
	await page.getByRole('alert').getByText(/password/).waitFor();
	await page.getByLabel('New password').fill(password);
	await page.getByRole('button', { name: 'Set password and go on' }).click();
	await page.getByRole('heading', { name: 'Audits' }).waitFor();
	await page.getByText('There is no audit that you may see.').waitFor();
	await leave();
});

test('whoever works for several sees always for whom, and changes it by keyboard', async () => {
	const { page, leave } = await enter();
	const now = page.getByRole('button', { name: /^Organisation: / });
	const hue = () => now.evaluate(button => getComputedStyle(button).borderInlineStartColor);

	await signIn(page, 'm@meridian.example', '/audits');

	const before = { name: await now.getAttribute('aria-label'), hue: await hue() };
	const other = [long.organisation, 'Meridian Payments'].find(name => !before.name.includes(name));

	await now.press('Enter');
	await look(page, 'organisations');
	await page.locator('#organisations button', { hasText: other }).press('Enter');
	await page.getByRole('button', { name: `Organisation: ${other}` }).waitFor();
	assert.notEqual(await hue(), before.hue);
	assert.equal(new URL(page.url()).pathname, '/audits');
	assert.match(page.url(), /[?]in=/);

	const address = page.url();

	await page.goto('/');
	await page.goto(address);
	await page.getByRole('button', { name: `Organisation: ${other}` }).waitFor();
	await page.goto(address.replace(/in=.*/, 'in=01a22e00-0000-7000-8000-000000000000'));
	await page.getByRole('heading', { name: 'You are not in the organisation that this address names.' }).waitFor();
	await leave();
});

test('before a session ends by itself it says so, and staying helps', async () => {
	const { page, leave } = await enter();

	await signIn(page, 'x@meridian.example');
	await page.clock.install();
	await page.clock.fastForward(119 * 60_000);		// idle for two hours, it would end
	await page.getByText(/^Session ends in \d+ (minute|second)s?$/).waitFor();
	await look(page, 'session-ends');
	await page.getByRole('button', { name: 'Stay' }).click();
	await page.getByText('Live', { exact: true }).waitFor();
	await leave();
});

test('who signs out in one tab is signed out in the other, and is told so', async () => {
	const { context, page, leave } = await enter();
	const other = await context.newPage();

	await signIn(page, 'x@meridian.example');
	await other.goto('/');
	await other.getByText('Live', { exact: true }).waitFor();
	await page.getByRole('button', { name: 'Account of Xenia Xanthou' }).click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.getByText('You are signed out.').waitFor();
	await other.getByText('Your session has ended. Sign in to go on.').waitFor();
	await leave();
});

test('language and appearance stay as chosen', async () => {
	const { page, leave } = await enter({ locale: 'de-DE', colorScheme: 'light' });
	const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

	await page.goto('/');
	await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
	assert.equal(await page.locator('html').getAttribute('lang'), 'de');

	const light = await ground();

	await page.getByLabel('Dunkel').check();

	const dark = await ground();

	assert.notEqual(light, dark);
	await page.getByLabel('English').check();
	await page.reload();
	await page.getByRole('heading', { name: 'Sign in' }).waitFor();
	assert.equal(await ground(), dark);
	await page.getByLabel('System').check();
	assert.equal(await ground(), light);
	await page.emulateMedia({ colorScheme: 'dark' });
	assert.equal(await ground(), dark);
	await leave();
});

test('the policy holds, and these tests would see it broken', async () => {
	const { page, complaints, leave } = await enter();

	await page.goto('/');
	await page.getByRole('heading', { name: 'Sign in' }).waitFor();
	assert.match(await page.evaluate(() => { try { document.body.innerHTML = '<b>x</b>'; return 'done'; } catch (error) { return error.message; } }), /TrustedHTML/);
	await complaints.expect(/policy: require-trusted-types-for/);
	await page.evaluate(() => { document.body.append(Object.assign(document.createElement('img'), { src: 'https://elsewhere.example/x.png' })); });
	await page.waitForFunction(() => document.images[0].complete);
	await complaints.expect(/policy: img-src/);
	await complaints.expect(/elsewhere|TrustedHTML|Content Security Policy/);
	await leave();
});

test('the first load is four files of which little is sent; later ones load the page alone', async () => {
	const { context, page, leave } = await enter();
	const network = await context.newCDPSession(page);
	const sent = new Map();

	await network.send('Network.enable');
	network.on('Network.responseReceived', ({ requestId, response }) => sent.set(requestId, { url: response.url, bytes: 0 }));
	network.on('Network.requestServedFromCache', ({ requestId }) => { sent.delete(requestId); });
	network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (sent.has(requestId)) sent.get(requestId).bytes = encodedDataLength; });

	const files = () => [...sent.values()].filter(each => each.bytes > 0 && !/icon/.test(each.url));
	const load = async count => {
		sent.clear();
		await page.goto('/');
		await page.getByRole('heading', { name: 'Sign in' }).waitFor();
		await page.waitForLoadState('networkidle');
		await page.evaluate(() => document.fonts.ready.then(() => 0));
		await soon(() => files().length >= count);
		return files();
	};
	const first = await load(4);

	assert.deepEqual(first.map(each => each.url.replace(/^.*\/|-\w+(?=\.)/g, '')).sort(), ['', 'app.css', 'inter-latin-wght-normal.woff2', 'main.js']);
	assert.ok(first.reduce((sum, each) => sum + each.bytes, 0) < 100 * 1024);
	assert.deepEqual((await load(1)).map(each => each.url), [`${deployment.origin}/`]);
	await leave();
});

for (const colorScheme of ['light', 'dark'])
	for (const [device, options] of Object.entries({ desk, wall, phone }))
		test(`each page, ${colorScheme}, on a ${device}, in both languages`, async () => {
			const { page, leave } = await enter({ colorScheme, ...options });
			const see = device === 'wall' ? fits : look;		// there is nothing else on a wall than on a desk

			await page.goto('/');
			for (const [language, heading] of [['Deutsch', 'Anmelden'], ['English', 'Sign in']]) {
				await page.getByLabel(language).check();
				await page.getByRole('heading', { name: heading }).waitFor();
				await see(page, `sign-in-${language}-${device}-${colorScheme}`);
			}
			for (const [email, name] of [['h@vnz.example', long.person], ['m@meridian.example', 'Marta Mendes']]) {
				await signIn(page, email);
				await see(page, `home-${email[0]}-${device}-${colorScheme}`);
				await page.getByRole('link', { name: 'Audits', exact: true }).first().click();
				await page.getByRole('heading', { name: 'Audits' }).waitFor();
				await settled(page);
				await see(page, `no-audits-${email[0]}-${device}-${colorScheme}`);
				await page.getByRole('button', { name: `Account of ${name}` }).click();
				await see(page, `account-${email[0]}-${device}-${colorScheme}`);
				await page.getByRole('button', { name: 'Sign out' }).click();
				await page.getByText('You are signed out.').waitFor();
			}
			await signIn(page, 'x@meridian.example', '/nowhere');
			await see(page, `absent-${device}-${colorScheme}`);
			await leave();
		});

test('in forced colours what is chosen is still seen', async () => {
	const { page, leave } = await enter({ forcedColors: 'active' });

	await page.goto('/');

	const [chosen, not] = await Promise.all(['English', 'Deutsch'].map(name => page.getByText(name).evaluate(span => getComputedStyle(span).backgroundColor)));

	assert.notEqual(chosen, not);
	await look(page, 'forced-colours');
	await leave();
});
