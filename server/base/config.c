/* config.c - the table as rows, and the four sources that fill it. */
#include "base/config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum config_type { CONFIG_TEXT, CONFIG_SECRET, CONFIG_NUMBER };
enum { LINE_LENGTH = 4096, KEY_LENGTH = 64, SECRET_LENGTH = 4096 };

struct row {
	enum config_type type;
	const char *name;
	size_t offset;
	const char *text;		/* defaults */
	long number;
	long least, most;
	enum config_where where;
	enum config_reload reload;
	const char *help;
};

#define DEFAULT_TEXT(value) .text = value
#define DEFAULT_SECRET(value) .text = value
#define DEFAULT_NUMBER(value) .number = value
#define CONFIG_ROW(type_, name_, default_, least_, most_, where_, reload_, help_) { .type = CONFIG_##type_, .name = #name_, \
	.offset = offsetof(struct config, name_), DEFAULT_##type_(default_), .least = least_, .most = most_, .where = where_, \
	.reload = reload_, .help = help_ },

static const struct row rows[] = { CONFIG_TABLE(CONFIG_ROW) };
enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static char **config_text(struct config *c, const struct row *r)
{
	return (char **)(void *)((char *)c + r->offset);
}

static long *config_number(struct config *c, const struct row *r)
{
	return (long *)(void *)((char *)c + r->offset);
}

static const char *text_in(const struct config *c, const struct row *r)
{
	return *(char *const *)(const void *)((const char *)c + r->offset);
}

static long number_in(const struct config *c, const struct row *r)
{
	return *(const long *)(const void *)((const char *)c + r->offset);
}

/* --- one value ----------------------------------------------------------------------------------------------------------------- */

static void set_text(struct config *c, const struct row *r, const char *value, struct buffer *problems)
{
	char *copy = strdup(value);

	if (!copy)
		buffer_append_text(problems, "out of memory\n");
	free(*config_text(c, r));
	*config_text(c, r) = copy;
}

static void set_number(struct config *c, const struct row *r, const char *value, const char *source, struct buffer *problems)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(value, &end, 10);
	if (end == value || *end || errno || n < r->least || n > r->most)
		buffer_append_format(problems, "%s: %s must be a number from %ld to %ld, not \"%s\"\n", source, r->name, r->least, r->most, value);
	else
		*config_number(c, r) = n;
}

/* A secret that others on this machine can read is not one. */
static bool read_secret(const char *path, char out[SECRET_LENGTH], const char **why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	ssize_t n = -1;

	*why = "cannot be read";
	if (fd >= 0 && fstat(fd, &st) == 0 && (st.st_mode & S_IRWXO))
		*why = "may be read by everybody";
	else if (fd >= 0)
		n = read(fd, out, SECRET_LENGTH - 1);
	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return false;
	out[n] = '\0';
	out[strcspn(out, "\r\n")] = '\0';
	return true;
}

static void set_secret(struct config *c, const struct row *r, const char *path, const char *source, struct buffer *problems)
{
	char value[SECRET_LENGTH];
	const char *why;

	if (read_secret(path, value, &why))
		set_text(c, r, value, problems);
	else
		buffer_append_format(problems, "%s: the file %s of %s %s\n", source, path, r->name, why);
	explicit_bzero(value, sizeof(value));
}

static void config_set(struct config *c, const struct row *r, const char *value, const char *source,
	struct buffer *problems)
{
	if (r->type == CONFIG_NUMBER)
		set_number(c, r, value, source, problems);
	else if (r->type == CONFIG_SECRET)
		set_secret(c, r, value, source, problems);
	else
		set_text(c, r, value, problems);
}

/* --- its name ------------------------------------------------------------------------------------------------------------------- */

/* What a secret is called outside: NAME_file, because what is given is a path. */
static void outer_name(const struct row *r, char out[KEY_LENGTH])
{
	snprintf(out, KEY_LENGTH, "%s%s", r->name, r->type == CONFIG_SECRET ? "_file" : "");
}

/* Dashes and underscores are one. */
static bool same_name(const char *a, size_t length, const char *b)
{
	if (strlen(b) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (a[i] != b[i] && !(a[i] == '-' && b[i] == '_'))
			return false;
	return true;
}

static const struct row *find_row(const char *name, size_t length, enum config_where where)
{
	char outer[KEY_LENGTH];

	for (size_t i = 0; i < ROWS; i++) {
		outer_name(&rows[i], outer);
		if ((rows[i].where & where) && same_name(name, length, outer))
			return &rows[i];
	}
	return NULL;
}

/* --- the sources --------------------------------------------------------------------------------------------------------------- */

static void from_defaults(struct config *c, struct buffer *problems)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (rows[i].type == CONFIG_NUMBER)
			*config_number(c, &rows[i]) = rows[i].number;
		else if (rows[i].text)
			set_text(c, &rows[i], rows[i].text, problems);
	}
}

static void from_credentials(struct config *c, struct buffer *problems)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	char path[LINE_LENGTH];

	for (size_t i = 0; folder && i < ROWS; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, rows[i].name);
		if (rows[i].type == CONFIG_SECRET && access(path, F_OK) == 0)
			set_secret(c, &rows[i], path, "CREDENTIALS_DIRECTORY", problems);
	}
}

static char *trim(char *text)
{
	char *end;

	while (isspace((unsigned char)*text))
		text++;
	for (end = text + strlen(text); end > text && isspace((unsigned char)end[-1]); end--)
		;
	*end = '\0';
	return text;
}

static void from_line(struct config *c, char *line, const char *source, struct buffer *problems)
{
	char *key = trim(line), *equals = strchr(key, '=');
	const struct row *r;

	if (!*key || *key == '#')
		return;
	if (!equals) {
		buffer_append_format(problems, "%s: a line is `key = value`, not \"%s\"\n", source, key);
		return;
	}
	*equals = '\0';
	key = trim(key);
	r = find_row(key, strlen(key), IN_FILE);
	if (r)
		config_set(c, r, trim(equals + 1), source, problems);
	else
		buffer_append_format(problems, "%s: there is no setting \"%s\" for a file\n", source, key);
}

static void skip_line(FILE *file)
{
	int byte;

	while ((byte = getc(file)) != EOF && byte != '\n')
		;
}

static void from_file(struct config *c, const char *path, struct buffer *problems)
{
	FILE *file = fopen(path, "re");
	char line[LINE_LENGTH], source[LINE_LENGTH];

	if (!file) {
		buffer_append_format(problems, "%s: %s\n", path, strerror(errno));
		return;
	}
	for (int n = 1; fgets(line, sizeof(line), file); n++) {
		snprintf(source, sizeof(source), "%s:%d", path, n);
		if (strlen(line) < sizeof(line) - 1 || strchr(line, '\n')) {
			from_line(c, line, source, problems);
			continue;
		}
		buffer_append_format(problems, "%s: the line is longer than %d bytes\n", source, LINE_LENGTH - 2);
		skip_line(file);
	}
	if (ferror(file))
		buffer_append_format(problems, "%s: %s\n", path, strerror(errno));
	fclose(file);
}

static const char *environment_of(const struct row *r, char name[KEY_LENGTH + 8])
{
	char outer[KEY_LENGTH];

	outer_name(r, outer);
	snprintf(name, KEY_LENGTH + 8, "NINETWO_%s", outer);
	for (char *s = name; *s; s++)
		*s = (char)toupper((unsigned char)*s);
	return getenv(name);
}

static void from_environment(struct config *c, struct buffer *problems)
{
	char name[KEY_LENGTH + 8];

	for (size_t i = 0; i < ROWS; i++) {
		const char *value = (rows[i].where & IN_ENVIRONMENT) ? environment_of(&rows[i], name) : NULL;

		if (value)
			config_set(c, &rows[i], value, name, problems);
	}
}

/* The row of argv[i] when it is a flag of the table; *value is its value or NULL when none stands there, *used how many arguments it is. */
static const struct row *flag_at(int argc, char **argv, int i, const char **value, int *used)
{
	const char *name = argv[i] + 2, *equals;
	const struct row *r;

	if (strncmp(argv[i], "--", 2) != 0)
		return NULL;
	equals = strchr(name, '=');
	r = find_row(name, equals ? (size_t)(equals - name) : strlen(name), IN_FLAG);
	*used = equals || i + 1 >= argc ? 1 : 2;
	*value = equals ? equals + 1 : i + 1 < argc ? argv[i + 1] : NULL;
	return r;
}

static void from_flags(struct config *c, int *argc, char **argv, struct buffer *problems)
{
	const struct row *r;
	const char *value;
	int i = 1, kept = 1, used;

	for (; i < *argc && strcmp(argv[i], "--") != 0; i += used) {
		r = flag_at(*argc, argv, i, &value, &used);
		if (r && value)
			config_set(c, r, value, argv[i], problems);
		else if (r)
			buffer_append_format(problems, "%s: a value is missing\n", argv[i]);
		else
			argv[kept++] = argv[i];
		used = r ? used : 1;
	}
	for (; i < *argc; i++)
		argv[kept++] = argv[i];
	argv[kept] = NULL;
	*argc = kept;
}

static const char *file_named(int argc, char **argv)
{
	const char *value, *path = getenv("NINETWO_CONFIG");
	const struct row *r;
	int used;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		r = flag_at(argc, argv, i, &value, &used);
		if (r && strcmp(r->name, "config") == 0 && value)
			path = value;
		i += r ? used - 1 : 0;
	}
	return path;
}

bool config_load(struct config *c, int *argc, char **argv, struct buffer *problems)
{
	const char *file = file_named(*argc, argv);

	*c = (struct config){ 0 };
	from_defaults(c, problems);
	from_credentials(c, problems);
	if (file)
		from_file(c, file, problems);
	from_environment(c, problems);
	from_flags(c, argc, argv, problems);
	return problems->length == 0 && !problems->failed;
}

void config_clear(struct config *c)
{
	for (size_t i = 0; i < ROWS; i++) {
		char **text = config_text(c, &rows[i]);

		if (rows[i].type == CONFIG_NUMBER)
			continue;
		if (rows[i].type == CONFIG_SECRET && *text)
			explicit_bzero(*text, strlen(*text));
		free(*text);
		*text = NULL;
	}
}

/* --- changing, showing --------------------------------------------------------------------------------------------------------- */

static bool same(const struct config *a, const struct config *b, const struct row *r)
{
	const char *x, *y;

	if (r->type == CONFIG_NUMBER)
		return number_in(a, r) == number_in(b, r);
	x = text_in(a, r);
	y = text_in(b, r);
	return x == y || (x && y && strcmp(x, y) == 0);
}

static void swap(struct config *a, struct config *b, const struct row *r)
{
	if (r->type == CONFIG_NUMBER) {
		*config_number(a, r) = *config_number(b, r);
	} else {
		char *kept = *config_text(a, r);

		*config_text(a, r) = *config_text(b, r);
		*config_text(b, r) = kept;
	}
}

void config_apply(struct config *c, struct config *fresh, void (*differs)(const char *name, bool applied))
{
	for (size_t i = 0; i < ROWS; i++) {
		if (same(c, fresh, &rows[i]))
			continue;
		if (rows[i].reload == ON_HANGUP)
			swap(c, fresh, &rows[i]);
		differs(rows[i].name, rows[i].reload == ON_HANGUP);
	}
}

void config_help(FILE *out)
{
	char name[KEY_LENGTH];

	for (size_t i = 0; i < ROWS; i++) {
		const struct row *r = &rows[i];

		outer_name(r, name);
		for (char *s = name; *s; s++)
			*s = *s == '_' ? '-' : *s;
		fprintf(out, "  %s%-26s %s%s", r->where & IN_FLAG ? "--" : "  ", name, r->type == CONFIG_SECRET ? "file with the " : "", r->help);
		if (r->type == CONFIG_NUMBER)
			fprintf(out, " (%ld)", r->number);
		else if (r->text && *r->text)
			fprintf(out, " (%s)", r->text);
		fprintf(out, "%s\n", r->where == IN_FILE ? " (in the file only)" : "");
	}
}

void config_print(const struct config *c, FILE *out)
{
	for (size_t i = 0; i < ROWS; i++) {
		const struct row *r = &rows[i];
		const char *text = r->type == CONFIG_NUMBER ? NULL : text_in(c, r);

		if (r->type == CONFIG_NUMBER)
			fprintf(out, "%s = %ld\n", r->name, number_in(c, r));
		else if (r->type == CONFIG_SECRET)
			fprintf(out, "# %s is %s\n", r->name, text ? "set" : "not set");
		else if (text && (r->where & IN_FILE))
			fprintf(out, "%s = %s\n", r->name, text);
	}
}
