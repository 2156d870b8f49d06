// browser.mjs - Debian's Chromium, and a person in it: a context of their own, whose pages must say nothing on the
// console and break no policy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { password } from './deployment.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Of every wait: how fast a machine is, is no verdict. */
const timeout = 60_000;

/** Looks again and again until it holds, or patience ends. */
export async function soon(holds) {
	for (const until = performance.now() + timeout; !holds() && performance.now() < until;)
		await pause(50);
}

/** With its own sandbox, where the machine lets it have one. */
export async function launch() {
	try {
		return await chromium.launch({ executablePath, timeout, chromiumSandbox: true });
	} catch {
		console.log('Chromium runs without its own sandbox: this machine allows it no user namespaces.');
		return await chromium.launch({ executablePath, timeout, args: ['--disable-dev-shm-usage'] });
	}
}

/** Whatever a page complains of, as one line each. What a test provokes on purpose it takes out by `expect`. */
class Complaints {
	#lines = [];

	watch(page) {
		page.on('console', message => this.#lines.push(`${message.type()}: ${message.text()}`));
		page.on('pageerror', error => this.#lines.push(`error: ${error.message}`));
	}
	/** Waits until it is said: before a line is mended, so that it was tried while there was none. */
	async said(pattern) {
		await soon(() => this.#lines.some(line => pattern.test(line)));
	}
	async expect(pattern) {
		await this.said(pattern);
		assert.ok(this.#lines.some(line => pattern.test(line)), `nothing was like ${pattern}`);
		this.#lines = this.#lines.filter(line => !pattern.test(line));
	}
	none() {
		assert.deepEqual(this.#lines, []);
	}
}

export async function person(browser, origin, options = {}) {
	const context = await browser.newContext({ baseURL: origin, locale: 'en-GB', timezoneId: 'UTC', viewport: { width: 1280, height: 800 },
		reducedMotion: 'reduce', ...options });
	const complaints = new Complaints();

	context.setDefaultTimeout(timeout);
	context.on('page', page => complaints.watch(page));
	await context.addInitScript(() => addEventListener('securitypolicyviolation', event =>
		console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
	return {
		context, complaints,
		page: await context.newPage(),
		/** Nothing was complained of from beginning to end. */
		async leave() {
			await Promise.all(context.pages().map(page => page.evaluate(() => 0)));		// what was said until here has arrived
			complaints.none();
			await context.close();
		},
	};
}

export async function signIn(page, email, path = '/') {
	await page.goto(path);
	await page.locator('#email').fill(email);
	await page.locator('#password').fill(password);
	await page.keyboard.press('Enter');
	await settled(page);
}

/** The line is there, and what the page asks for has been answered. */
export async function settled(page) {
	await page.locator('.line[data-state="live"]').waitFor();
	await page.locator('main').waitFor();
	await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
	await page.evaluate(() => document.fonts.ready.then(() => 0));
}

/** By another world's script, whose own marks on the page are no affair of its policy. */
async function accessible(page, name) {
	const session = await page.context().newCDPSession(page);
	const { frameTree } = await session.send('Page.getFrameTree');
	const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
	const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
	const run = `${axe}; axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => id + ': ' + html + ' ' + failureSummary)))`;
	const { result, exceptionDetails } = await session.send('Runtime.evaluate', { contextId, expression: run, awaitPromise: true, returnByValue: true });

	assert.equal(exceptionDetails, undefined);
	assert.deepEqual(result.value, [], `${name}: axe`);
	await session.detach();
}

/** Nothing leads out of the window sideways. */
export async function fits(page, name) {
	assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false, `${name}: wider than the window`);
	if (process.env.PICTURES)
		await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`) });
}

/** What a machine sees of a page: that it fits, and that anybody can use it. */
export async function look(page, name) {
	await accessible(page, name);
	await fits(page, name);
}
