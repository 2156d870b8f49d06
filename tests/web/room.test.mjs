// room.test.mjs - the audit room: two auditors at one line, what happens to their words when the line is cut or the
// page reloaded, evidence, findings and requests from the line, what whoever is not on the team sees of it, and what
// those who are audited answer.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { conduct, issue, people, reference } from './audit.mjs';
import { fits, launch, look, person, settled, signIn } from './browser.mjs';
import { deploy } from './deployment.mjs';

let browser, deployment;

before(async () => {
	[browser, deployment] = await Promise.all([launch(), deploy()]);
	conduct(deployment);
});
beforeEach(() => deployment.line.mend());
after(async () => { await browser?.close(); await deployment?.end(); });

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const desk = { viewport: { width: 1280, height: 800 } }, wall = { viewport: { width: 1920, height: 1080 } };
const at = line => `/audits/${reference}/${line}`;

/** Somebody at a line. */
async function enter(who, path, options) {
	const someone = await person(browser, deployment.origin, options);

	await signIn(someone.page, people[who], path);
	return someone;
}

const notes = page => page.getByLabel('Notes');
const open = page => page.locator('#notes:not([readonly])').waitFor();
const said = (page, pattern) => page.locator('#saved').filter({ hasText: pattern }).waitFor();
const cut = page => page.locator('.line[data-state="cut"]').waitFor();
const check = line => deployment.ask('L', 'check.get', { id: `${reference}-${line}` });

test('two auditors see each other at a line, and what each records comes to the other', async () => {
	const lena = await enter('L', at('C-01')), clara = await enter('C', at('C-01'));

	await Promise.all([open(lena.page), open(clara.page)]);
	await lena.page.getByText('Clara Castro is at this line').waitFor();
	await clara.page.getByText('Here: Lena Lindqvist').waitFor();
	await lena.page.getByRole('button', { name: 'Conform', exact: true }).click();
	await clara.page.getByRole('button', { name: 'Conform', exact: true, pressed: true }).waitFor();
	await clara.page.getByText(/^Recorded by Lena Lindqvist, \d\d:\d\d$/).waitFor();
	await clara.page.getByText('1 of 9 assessed').waitFor();
	await clara.page.keyboard.press('j');
	await lena.page.getByText('Clara Castro is at this line').waitFor({ state: 'detached' });
	await clara.leave();
	await lena.page.getByText('Here: Clara Castro').waitFor({ state: 'detached' });
	await lena.leave();
});

test('two who write at once in one note lose no word, over a hundred edits', async () => {
	const lena = await enter('L', at('C-02')), clara = await enter('C', at('C-02'));
	const pages = [lena.page, clara.page], words = [];

	await Promise.all(pages.map(open));
	for (let round = 0; round < 50; round++)
		await Promise.all(pages.map(async (page, who) => {
			const word = `${'lc'[who]}${round}.`;

			words.push(word);
			await notes(page).press(round % 3 ? 'Control+End' : 'Control+Home');
			await notes(page).pressSequentially(round % 3 ? ` ${word}` : `${word} `);
			await notes(page).press('Control+Enter');
		}));
	for (const page of pages) {
		await notes(page).press('Control+Enter');
		await said(page, /^Sent, /);
	}

	const kept = check('C-02').notes.split(/\s+/);

	assert.deepEqual([...kept].sort(), [...words].sort());
	for (const page of pages)
		await page.waitForFunction(count => document.getElementById('notes').value.split(/\s+/).length === count, words.length);
	await look(lena.page, 'merged');
	await Promise.all([lena.leave(), clara.leave()]);
});

test('a result that two choose differently is asked, not merged', async () => {
	const lena = await enter('L', at('C-03')), clara = await enter('C', at('C-03'));

	await Promise.all([open(lena.page), open(clara.page)]);
	deployment.line.cut();
	await cut(lena.page);
	await cut(clara.page);
	await lena.page.getByRole('button', { name: 'Conform', exact: true }).click();
	await said(lena.page, /^No line: kept on this device/);
	await lena.page.getByText('No line, 1 change waits').waitFor();
	await clara.page.getByRole('button', { name: 'Nonconform' }).click();
	await look(clara.page, 'choice-waits');
	for (const each of [lena, clara])
		await each.complaints.said(/WebSocket connection to .* failed/);
	deployment.line.mend();

	const asked = await Promise.race([lena, clara].map(async each => {
		await each.page.getByRole('alert').getByText(/^Meanwhile the result was recorded as /).waitFor();
		return each;
	}));

	await look(asked.page, 'choice-asked');
	await notes(asked.page).fill('Asked on Monday.');
	await notes(asked.page).press('Control+Enter');
	await asked.page.reload();
	await asked.page.getByRole('alert').getByText(/^Meanwhile the result was recorded as /).waitFor();
	await asked.page.locator('.note').getByRole('button', { name: 'Nonconform' }).click();
	for (const { page } of [lena, clara])
		await page.getByRole('button', { name: 'Nonconform', pressed: true }).waitFor();
	await said(asked.page, /^Sent, /);
	assert.deepEqual([check('C-03').result, check('C-03').notes], ['nonconform', 'Asked on Monday.']);
	for (const each of [lena, clara]) {
		await each.complaints.expect(/WebSocket connection to .* failed/);
		await each.leave();
	}
});

test('a cut line and a reload lose nothing that was typed, and say so', async () => {
	const { page, complaints, leave } = await enter('C', at('C-04'));

	await open(page);
	await notes(page).fill('Seen the second place.');
	await page.reload();
	await said(page, /^Sent, /);
	assert.equal(await notes(page).inputValue(), 'Seen the second place.');
	deployment.line.cut();
	await cut(page);
	await notes(page).fill('Seen the second place. It has no power of its own.');
	await said(page, /^No line: kept on this device/);
	await look(page, 'note-waits');
	await complaints.said(/WebSocket connection to .* failed/);
	deployment.line.mend();
	await said(page, /^Sent, /);
	assert.equal(check('C-04').notes, 'Seen the second place. It has no power of its own.');
	assert.equal(check('C-04').recorded_by, null);
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Not assessed' }).click();
	await said(page, 'Say why; then it is recorded.');
	await page.getByLabel('Why it is not assessed').fill('Out of reach this time.');
	await page.getByLabel('Why it is not assessed').press('Control+Enter');
	await said(page, /^Sent, /);
	assert.equal(check('C-04').result, 'not_assessed');
	await complaints.expect(/WebSocket connection to .* failed/);
	await leave();
});

test('files go to a line by a choice or a drop, are paused, and go on after a cut line', async () => {
	const { page, complaints, leave } = await enter('C', at('C-05'));
	const file = { name: 'restore-tests.log', mimeType: 'text/plain', buffer: randomBytes(24 << 20) };
	const digest = createHash('sha256').update(file.buffer).digest('hex');

	await open(page);
	await page.getByLabel('Add files').setInputFiles(file);
	await page.getByRole('button', { name: 'Pause' }).click();
	await page.getByText('Paused').waitFor();
	await look(page, 'upload-paused');
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.waitForFunction(() => document.querySelector('.evidence progress')?.value > 2 << 20);
	deployment.line.cut();
	await page.getByText('No line: goes on when it is back').waitFor();
	await complaints.said(/WebSocket connection to .* failed|net::ERR_/);
	deployment.line.mend();
	await page.getByRole('link', { name: file.name }).waitFor();

	const { items: [stored] } = deployment.ask('C', 'evidence.list', { subject: `${reference}-C-05` });

	assert.equal(stored.sha256, digest);
	await page.evaluate(async () => {
		const data = new DataTransfer();

		data.items.add(new File(['what was said'], 'interview.txt', { type: 'text/plain' }));
		document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
	});
	await page.getByRole('link', { name: 'interview.txt' }).waitFor();
	await complaints.expect(/WebSocket connection to .* failed|net::ERR_/);
	await leave();
});

test('by keyboard alone through the lines: a result, a finding and a request, each where it belongs', async () => {
	const { page, leave } = await enter('L', `/audits/${reference}`);
	const current = () => page.locator('.tree [aria-current] .ref').innerText();

	await page.keyboard.press('j');
	await page.keyboard.press(']');
	await page.keyboard.press('j');
	await page.getByRole('heading', { name: 'A.5.18 Access rights' }).waitFor();
	assert.equal(await current(), 'A.5.18');
	await open(page);
	await page.keyboard.press('2');
	await said(page, /^Sent, /);
	await page.getByRole('button', { name: 'Raise a finding' }).waitFor();
	await page.keyboard.press('f');
	await page.keyboard.type('Access rights are not reviewed');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Of four quarters two have no review.');
	await page.reload();
	await page.getByRole('button', { name: 'Raise a finding' }).waitFor();
	await page.keyboard.press('f');
	assert.equal(await page.getByLabel('What was found').inputValue(), 'Of four quarters two have no review.');
	await look(page, 'finding-form');
	await page.keyboard.press('Enter');
	await page.getByText(/^IA-\d+-01-F-\d+ is drafted\./).waitFor();
	await page.locator('.side').getByText('Access rights are not reviewed').waitFor();
	await page.getByRole('button', { name: 'Ask for evidence' }).waitFor();
	await page.keyboard.press('r');
	await page.keyboard.type('The reviews of the last four quarters');
	for (let stops = 0; stops < 8 && await page.evaluate(() => document.activeElement.textContent.trim()) !== 'Ask'; stops++)
		await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await page.getByText(/^IA-\d+-01-R-\d+ is raised\./).waitFor();
	await page.locator('.side').getByText('The reviews of the last four quarters').waitFor();
	await look(page, 'raised');
	await page.keyboard.press('n');
	assert.equal(await current(), 'A.8.2');
	await leave();
});

test('who is asked supplies it, gets it back with a reason, supplies it again, and it is accepted', async () => {
	deployment.as('L', ['request.raise', { part: `${reference}/Backup and recovery`, function: 'F-01', asked: 'The logs of all restore tests of the last year', due: '+7d' }]);

	const elena = await enter('E', '/requests', phone), lena = await enter('L', '/requests');

	await elena.page.getByRole('heading', { name: 'Waits for you' }).waitFor();
	await look(elena.page, 'requests-phone');
	await elena.page.getByRole('link', { name: /The logs of all restore tests/ }).click();
	await elena.page.getByLabel('Add files').setInputFiles({ name: 'first-half.log', mimeType: 'text/plain', buffer: Buffer.from('January to June') });
	await elena.page.getByRole('link', { name: 'first-half.log' }).waitFor();
	await elena.page.getByLabel('What you say with it').fill('All that there are');
	await elena.page.reload();
	await elena.page.getByRole('link', { name: 'first-half.log' }).waitFor();
	assert.equal(await elena.page.getByLabel('What you say with it').inputValue(), 'All that there are');
	await look(elena.page, 'request-phone');
	await elena.page.getByRole('button', { name: 'Submit' }).click();
	await elena.page.getByText(/^Supplied by Elena Ekström, /).waitFor();
	await lena.page.getByRole('link', { name: /The logs of all restore tests/ }).click();
	await lena.page.getByRole('button', { name: 'Return it' }).click();
	await lena.page.getByLabel('What is missing').fill('July to December');
	await look(lena.page, 'request-returned');
	await lena.page.locator('form').getByRole('button', { name: 'Return it' }).click();
	await elena.page.getByText('July to December').waitFor();
	await elena.page.getByLabel('Add files').setInputFiles({ name: 'second-half.log', mimeType: 'text/plain', buffer: Buffer.from('July to December') });
	await elena.page.getByRole('link', { name: 'second-half.log' }).waitFor();
	await elena.page.getByRole('button', { name: 'Submit' }).click();
	await lena.page.getByRole('link', { name: 'second-half.log' }).waitFor();
	await lena.page.getByRole('button', { name: 'Accept' }).click();
	await elena.page.getByText(/· accepted/).waitFor();
	await look(elena.page, 'request-accepted');
	await Promise.all([elena.leave(), lena.leave()]);
});

/** By Tab alone to what is called so. */
async function tab(page, name) {
	const there = () => page.evaluate(wanted => {
		const { labels, textContent } = document.activeElement;

		return document.activeElement !== document.body && (labels?.[0]?.textContent ?? textContent).trim().startsWith(wanted);
	}, name);

	for (let stops = 0; stops < 60 && !await there(); stops++)
		await page.keyboard.press('Tab');
	assert.ok(await there(), `${name} is reached`);
}

async function fill(page, name, text) {
	await tab(page, name);
	await page.keyboard.press('Control+a');
	await page.keyboard.type(text);
}

async function press(page, name) {
	await tab(page, name);
	await page.keyboard.press('Enter');
}

/** A plan of one action, from the step that plans it to its submission. */
async function planIn(page, what) {
	await press(page, 'Plan an action');
	await fill(page, 'What is to be done', what);
	await tab(page, 'Who does it');
	await page.keyboard.type('Elena');
	for (const [name, days] of [['By when', 20], ['From when that can be seen', 0]]) {
		await tab(page, name);
		await page.locator(':focus').fill(new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));		// in what order it is typed, is the browser's own
	}
	await fill(page, 'By what one sees', 'A restore test is on record for each quarter');
	await press(page, 'Plan an action');
	await page.locator('.check-answers').getByText(what).waitFor();
	await press(page, 'Submit the plan');
	await page.getByText('The plan is with the audit team').waitFor();
}

test('by keyboard alone an auditee answers a finding, gets the plan back, and sees it through to its end', async () => {
	const finding = issue(deployment), { page, leave } = await enter('E', '/findings');
	const response = () => deployment.ask('E', 'response.list', { finding, sort: '-round' }).items[0];

	await press(page, finding);
	await press(page, 'Acknowledge it');
	await fill(page, 'What was done at once', 'A full restore of the ledger was tested this week.');
	await press(page, 'Go on: Correct');
	await fill(page, 'What puts this instance right', 'The two tests are made up for.');
	await page.reload();
	await page.getByRole('heading', { name: 'Why', exact: true }).waitFor();
	await look(page, 'answer-why');
	await fill(page, 'Why it happened', 'The engineer who does the tests was on leave.');
	await fill(page, 'Where else', 'Looked at every other system: none left out.');
	await press(page, 'Go on: Plan');
	await planIn(page, 'Remind everybody of the restore tests');
	await look(page, 'answer-submitted');
	deployment.as('C', ['response.return', { id: response().id, reason: 'Leave is no root cause: why does nobody notice?' }]);
	await page.getByText('Leave is no root cause: why does nobody notice?').waitFor();
	await look(page, 'answer-returned');
	await press(page, 'Go on from what you wrote');
	await press(page, 'Change Why it happened');
	await fill(page, 'Why it happened', 'Restore tests are in no calendar: nothing notices when one is left out.');
	await press(page, 'Go on: Plan');
	await press(page, 'Drop it');
	await fill(page, 'Why it is dropped', 'It removes no cause.');
	await press(page, 'Drop it');
	await page.getByText('No action is planned yet.').waitFor();
	await planIn(page, 'Put the restore tests under monitoring');
	assert.equal(response().correction, 'The two tests are made up for.');
	assert.equal(response().root_cause, 'Restore tests are in no calendar: nothing notices when one is left out.');
	deployment.as('C', ['response.accept', { id: response().id }]);
	await press(page, 'It is done');
	await look(page, 'answer-done');
	await fill(page, 'What proves it', 'Dashboard and alert are live.');
	await press(page, 'It is done');
	await page.getByText('Somebody who had no hand in it verifies that it works.').waitFor();
	deployment.as('C', ['verification.record', { finding, result: 'effective', judgement: 'Restore tests complete since.' }]);
	await page.getByText('Effective: Restore tests complete since.').waitFor();
	await look(page, 'answer-closed');
	await leave();
});

for (const colorScheme of ['light', 'dark'])
	for (const [device, options] of Object.entries({ desk, wall, phone }))
		test(`the list, the room and a line, ${colorScheme}, on a ${device}, in both languages`, async () => {
			const { page, leave } = await enter('L', '/audits', { colorScheme, ...options, locale: colorScheme === 'dark' ? 'de-DE' : 'en-GB' });
			const see = device === 'wall' ? fits : look;

			for (const [name, path] of [['audits', '/audits'], ['requests', '/requests'], ['findings', '/findings'], ['room', `/audits/${reference}`], ['line', at('C-06')]]) {
				await page.goto(path);
				await settled(page);
				if (name === 'line')
					await open(page);
				await see(page, `${name}-${device}-${colorScheme}`);
			}
			await leave();
		});

test('in forced colours what is chosen, and where one is, is still seen', async () => {
	const { page, leave } = await enter('L', at('C-09'), { forcedColors: 'active' });
	const ground = locator => locator.evaluate(element => getComputedStyle(element).backgroundColor);

	await open(page);
	await page.getByRole('button', { name: 'Conform', exact: true }).click();
	await said(page, /^Sent, /);
	for (const [chosen, not] of [['button[aria-pressed="true"]', 'button[aria-pressed="false"]'], ['.tree [aria-current]', '.tree a:not([aria-current])']])
		assert.notEqual(await ground(page.locator(chosen).first()), await ground(page.locator(not).first()));
	await look(page, 'room-forced-colours');
	await leave();
});

test('whoever signs out is told of what is not sent, and leaves none of it on the device', async () => {
	const { page, leave } = await enter('L', at('C-07'));
	const left = () => page.evaluate(() => Object.keys(localStorage).filter(name => name.startsWith('draft')));

	await page.getByRole('button', { name: 'Ask for evidence' }).click();
	await page.keyboard.type('Half a question');
	assert.equal((await left()).length, 1);
	await page.getByRole('button', { name: 'Account of Lena Lindqvist' }).click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.getByText('What you wrote last could not be sent.').waitFor();
	await look(page, 'unsent');
	await page.getByRole('button', { name: 'Sign out and delete it' }).click();
	await page.getByText('You are signed out.').waitFor();
	assert.deepEqual(await left(), []);
	await leave();
});

test('Ctrl K leads by a few letters to whatever one may see', async () => {
	const { page, leave } = await enter('L', '/');

	await page.keyboard.press('Control+k');
	await page.getByRole('option', { name: reference, exact: false }).first().waitFor();
	await page.keyboard.type('privileged rights');
	await page.getByRole('option', { name: /Are privileged rights given/ }).waitFor();
	await look(page, 'search');
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'A.8.2 Privileged access rights' }).waitFor();
	await page.getByRole('button', { name: 'Search, or go to …' }).click();
	await page.keyboard.type('nothing is called so');
	await page.getByText('Nothing that you may see is called so.').waitFor();
	await page.keyboard.press('Escape');
	await page.getByRole('dialog').waitFor({ state: 'hidden' });
	await leave();
});

test('an auditor of one part sees its lines alone, and who is audited none', async () => {
	const anton = await enter('A', `/audits/${reference}`), elena = await enter('E', at('C-01'));

	await anton.page.getByRole('link', { name: /A\.5\.18/ }).waitFor();
	assert.equal(await anton.page.locator('.tree li').count(), 3);
	await anton.page.goto(at('C-01'));
	await anton.page.getByText('There is no such line, or it is not for you to see.').waitFor();
	await elena.page.getByText('There is no such line, or it is not for you to see.').waitFor();
	assert.equal(await elena.page.locator('.tree li').count(), 0);
	await look(elena.page, 'room-of-an-auditee');
	await Promise.all([anton.leave(), elena.leave()]);
});

test('an assignment that ends takes its lines away from an open page', async () => {
	const { page, leave } = await enter('A', `/audits/${reference}`);
	const { items } = deployment.ask('X', 'assignment.list', { audit: reference, person: people.A });

	await page.getByRole('link', { name: /A\.5\.18/ }).waitFor();
	deployment.as('X', ['assignment.end', { id: items[0].id, reason: 'Needed elsewhere' }]);
	await page.getByRole('link', { name: /A\.5\.18/ }).waitFor({ state: 'detached' });
	await leave();
});
