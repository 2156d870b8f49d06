/* job.c - see job.h. */
#include "db/job.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t param_size(const struct db_param *p)
{
	if (!p->value)
		return 0;
	return p->binary ? (size_t)p->length : strlen(p->value) + 1;
}

static void copy_params(struct job *j, const struct db_request *request)
{
	char *at = j->bytes;

	for (int i = 0; i < request->count; i++) {
		const struct db_param *p = &request->params[i];
		size_t size = param_size(p);

		j->formats[i] = p->binary;
		j->lengths[i] = (int)size;
		if (!p->value)
			continue;
		memcpy(at, p->value, size);
		j->values[i] = at;
		at += size;
	}
	j->count = request->count;
}

static size_t params_size(const struct db_request *request)
{
	size_t size = 0;

	for (int i = 0; i < request->count; i++)
		size += param_size(&request->params[i]);
	return size;
}

struct job *job_new(const struct db_request *request, const struct statement *statement, int64_t deadline)
{
	/* one byte more, so that an empty binary value has an address */
	struct job *j = calloc(1, sizeof(*j) + params_size(request) + 1);

	if (!j)
		return NULL;
	list_init(&j->node);
	j->statement = statement;
	j->kind = request->kind;
	j->repeatable = request->repeatable || request->kind == DB_READ;
	j->done = request->done;
	j->arg = request->arg;
	j->deadline = deadline;
	copy_params(j, request);
	return j;
}

void job_rewind(struct job *j)
{
	PQclear(j->result);
	PQclear(j->failure);
	j->result = j->failure = NULL;
	j->preparing = j->unconfirmed = false;
}

void job_free(struct job *j)
{
	if (!j)
		return;
	list_remove(&j->node);
	job_rewind(j);
	for (int i = 0; i < j->count; i++)
		if (j->values[i])
			OPENSSL_cleanse(j->bytes + (j->values[i] - j->bytes), (size_t)j->lengths[i]);
	free(j);
}

void job_sqlstate(const struct job *j, struct sqlstate *s, char table[JOB_TABLE_MAX])
{
	const char *schema = PQresultErrorField(j->failure, PG_DIAG_SCHEMA_NAME);
	const char *name = PQresultErrorField(j->failure, PG_DIAG_TABLE_NAME);

	if (schema && name)
		snprintf(table, JOB_TABLE_MAX, "%s.%s", schema, name);
	*s = (struct sqlstate){
		.state = PQresultErrorField(j->failure, PG_DIAG_SQLSTATE),
		.table = schema && name ? table : NULL,
		.message = PQresultErrorField(j->failure, PG_DIAG_MESSAGE_PRIMARY),
		.detail = PQresultErrorField(j->failure, PG_DIAG_MESSAGE_DETAIL),
	};
}

static const char *field(const struct db_result *r, int row, int column)
{
	const PGresult *rows = r->opaque;

	return PQgetisnull(rows, row, column) ? NULL : PQgetvalue(rows, row, column);
}

static void describe_result(struct db_result *out, const PGresult *rows)
{
	*out = (struct db_result){ .rows = PQntuples(rows), .get = field, .opaque = rows };
	if (out->rows > 0 && PQnfields(rows) > 0 && !PQgetisnull(rows, 0, 0)) {
		out->text = PQgetvalue(rows, 0, 0);
		out->length = (size_t)PQgetlength(rows, 0, 0);
	}
}

void job_answer(struct job *j, struct error *err)
{
	db_done_fn done = j->done;
	struct db_result result;

	j->done = NULL;
	if (done && err->code == OK) {
		describe_result(&result, j->result);
		done(j->arg, &result, err);
	} else if (done) {
		done(j->arg, NULL, err);
	}
	error_clear(err);
}
