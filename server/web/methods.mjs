// methods.mjs OPENRPC: wire/methods.ts, on standard output, from the server's description of itself (the answer to rpc.discover).
import { readFileSync } from 'node:fs';

const description = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const formats = { uuid: 'Uuid', date: 'Day', 'date-time': 'Time' };
const simple = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };

const typeName = name => name.replace(/(^|_)([a-z])/g, (_, before, letter) => letter.toUpperCase());
const key = name => (/^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name));
const comment = (text, indent) => (text ? `${indent}/** ${text.replace(/\s+/g, ' ').replaceAll('*/', '* /')} */\n` : '');

function object(properties, required, indent) {
	const inner = indent + '\t';
	const lines = Object.entries(properties).map(([name, schema]) =>
		`${comment(schema.description, inner)}${inner}${key(name)}${required.includes(name) ? '' : '?'}: ${type(schema, inner)};\n`);

	return lines.length ? `{\n${lines.join('')}${indent}}` : 'Record<string, never>';
}

function one(name, schema, indent) {
	if (name === 'array')
		return `Array<${type(schema.items ?? {}, indent)}>`;
	if (name === 'object' && schema.properties)
		return object(schema.properties, schema.required ?? [], indent);
	if (name === 'object')
		return `Record<string, ${type(typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {}, indent)}>`;
	if (name === 'string' && formats[schema.format])
		return formats[schema.format];
	if (!simple[name])
		throw new Error(`methods.mjs knows no type ${name}`);
	return simple[name];
}

function type(schema, indent) {
	if (schema.$ref)
		return typeName(schema.$ref.split('/').pop());
	if (schema.anyOf ?? schema.oneOf)
		return (schema.anyOf ?? schema.oneOf).map(each => type(each, indent)).join(' | ');
	if (schema.enum) {
		const values = schema.enum.map(value => JSON.stringify(value));

		return [...values, ...([schema.type].flat().includes('null') && !schema.enum.includes(null) ? ['null'] : [])].join(' | ');
	}
	if (!schema.type)
		return 'unknown';
	return [schema.type].flat().map(name => one(name, schema, indent)).join(' | ');
}

function method(m) {
	// one value of a list stands for a list of it
	const params = Object.fromEntries(m.params.map(p => [p.name, p.schema.type === 'array' && p.schema.items?.type !== 'object'
		? { anyOf: [p.schema.items, p.schema], description: p.description } : { ...p.schema, description: p.description }]));
	const required = m.params.filter(p => p.required).map(p => p.name);

	return `${comment(m.summary, '\t')}\t${key(m.name)}: {\n\t\tparams: ${object(params, required, '\t\t')};\n` +
		`\t\tresult: ${type(m.result.schema, '\t\t')};\n\t};\n`;
}

const records = Object.entries(description.components.schemas).map(([name, schema]) =>
	`${comment(schema.description, '')}export interface ${typeName(name)} ${object(schema.properties, schema.required ?? [], '')}\n`);
const codes = Object.entries(description.components.errors).map(([name, error]) => `\t${key(name)}: ${error.code},\n`);

process.stdout.write(`// What the server says of itself, as types. Written by \`make docs\` (methods.mjs): nothing here is changed by hand.

export type Uuid = string;
/** ISO 8601, a day: 2026-11-30. */
export type Day = string;
/** RFC 3339, in UTC. */
export type Time = string;

/** Codes of refusals. */
export const codes = {
${codes.join('')}} as const;

${records.join('\n')}
export interface Methods {
${description.methods.map(method).join('')}}
`);
