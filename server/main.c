/* main.c - arguments to command. One table names the commands; what they do is elsewhere. */
#include "app.h"
#include "base/config.h"
#include "base/log.h"
#include "db/command.h"

#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, PROBLEMS_MAX = 65536, PATH_LENGTH = 1024 };

struct own_command {
	const char *name, *help;
	int (*run)(struct config *config, int argc, char *const argv[]);
};

static int print_usage(struct config *config, int argc, char *const argv[]);

static int version(struct config *config, int argc, char *const argv[])
{
	(void)config, (void)argc, (void)argv;
	puts("ninetwod " NINETWO_VERSION);
	return EXIT_DONE;
}

static int check_config(struct config *config, int argc, char *const argv[])
{
	(void)argc, (void)argv;
	config_print(config, stdout);
	return EXIT_DONE;
}

static const struct own_command own_commands[] = {
	{ "serve", "serve clients until SIGTERM or SIGINT", app_serve },
	{ "check-config", "look whether the settings make sense, and print them", check_config },
	{ "version", "print the version", version },
	{ "help", "print this, or what one command takes: ninetwod help COMMAND", print_usage },
};
enum { OWN_COMMANDS = sizeof(own_commands) / sizeof(own_commands[0]) };

static void print_command(const char *name, const char *help, const char *takes)
{
	printf("  %-14s %s\n", name, help);
	if (*takes)
		printf("%-17sninetwod %s %s\n", "", name, takes);
}

static int print_usage(struct config *config, int argc, char *const argv[])
{
	(void)config, (void)argc, (void)argv;
	puts("ninetwod - audits by people who do not judge their own work\n\nCommands:");
	for (int i = 0; i < OWN_COMMANDS; i++)
		print_command(own_commands[i].name, own_commands[i].help, "");
	for (const struct command *c = db_commands; c->name; c++)
		print_command(c->name, c->help, c->usage);
	puts("\nSettings, as flags here, as NINETWO_NAME in the environment, as name = value in the file of --config:");
	config_help(stdout);
	return EXIT_DONE;
}

static const struct own_command *find_own(const char *name)
{
	for (int i = 0; i < OWN_COMMANDS; i++)
		if (strcmp(own_commands[i].name, name) == 0)
			return &own_commands[i];
	return NULL;
}

static const struct command *find_command(const char *name)
{
	const struct command *c = db_commands;

	while (c->name && strcmp(c->name, name) != 0)
		c++;
	return c->name ? c : NULL;
}

static int no_command(const char *name)
{
	fprintf(stderr, "ninetwod: there is no command %s; see ninetwod help\n", name);
	return EXIT_USAGE;
}

/* Answers `help COMMAND`. */
static int explain_command(const char *name)
{
	const struct own_command *own = find_own(name);
	const struct command *command = find_command(name);

	if (!own && !command)
		return no_command(name);
	print_command(name, own ? own->help : command->help, own ? "" : command->usage);
	puts("\nThe settings are in: ninetwod help");
	return EXIT_DONE;
}

/* The place of the private cluster that nobody named: of the installed service, or of whoever runs this. */
static void default_data(struct config *config)
{
	const struct passwd *me = getpwuid(geteuid());
	const char *home = getenv("HOME");
	char path[PATH_LENGTH];

	if (config->data || config->database)
		return;
	if (geteuid() == 0 || (me && strcmp(me->pw_name, "ninetwo") == 0) || !home)
		config->data = strdup("/var/lib/ninetwo");
	else if ((size_t)snprintf(path, sizeof(path), "%s/.local/share/ninetwo", home) < sizeof(path))
		config->data = strdup(path);
}

/* Judges what rows alone cannot say. */
static void check_together(const struct config *c, struct buffer *problems)
{
	if (c->data && c->database)
		buffer_append_text(problems, "data and database: give one of them\n");
	if (!c->tls_certificate != !c->tls_key)
		buffer_append_text(problems, "tls_certificate and tls_key: give both or neither\n");
	if (log_level_named(c->log_level) < 0)
		buffer_append_format(problems, "log_level: \"%s\" is none of debug, info, warn, error\n", c->log_level);
}

static int run_command(const char *name, struct config *config, int argc, char **argv, int all_argc, char *const all_argv[])
{
	const struct own_command *own = find_own(name);
	const struct command *command = find_command(name);

	if (command) {
		const struct command_target target = { .data = config->database ? NULL : config->data, .database = config->database,
			.user = config->user, .sql = config->sql, .password = config->database_password };

		return command->run(&target, argc, argv);
	}
	if (own && own->run == print_usage && argc == 2)
		return explain_command(argv[1]);
	if (own && argc == 1)
		return own->run(config, all_argc, all_argv);
	if (!own)
		return no_command(name);
	fprintf(stderr, "ninetwod %s: unknown argument %s\n", name, argv[1]);
	return EXIT_USAGE;
}

/* Whatever is left over when --check-config stands there as a flag is no setting. NULL: nothing is. */
static const char *left_over(int argc, char *argv[])
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--check-config") != 0 && strcmp(argv[i], "serve") != 0)
			return argv[i];
	return NULL;
}

/* --help and --check-config are commands that may be written as flags. */
static const char *flag_command(int argc, char *argv[])
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return "help";
		else if (strcmp(argv[i], "--check-config") == 0)
			return "check-config";
		else if (strcmp(argv[i], "--version") == 0)
			return "version";
	return NULL;
}

static char **copy_arguments(int argc, char *argv[])
{
	char **copy = calloc((size_t)argc + 1, sizeof(char *));

	for (int i = 0; copy && i < argc; i++)
		copy[i] = argv[i];
	return copy;
}

/* A core would hold passwords and tokens of those who are connected. */
static void prepare_process(void)
{
	const struct rlimit no_core = { 0 };
	struct rlimit files;

	signal(SIGPIPE, SIG_IGN);
	umask(0077);
	setrlimit(RLIMIT_CORE, &no_core);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

int main(int argc, char *argv[])
{
	struct config config = { 0 };
	struct buffer problems;
	char **all = copy_arguments(argc, argv);
	const char *as_flag = flag_command(argc, argv);
	int all_argc = argc, rc = EXIT_USAGE;

	prepare_process();
	buffer_init(&problems, PROBLEMS_MAX);
	config_load(&config, &argc, argv, &problems);
	if (config.log_level)
		check_together(&config, &problems);
	default_data(&config);
	if (as_flag && strcmp(as_flag, "check-config") != 0) {
		rc = run_command(as_flag, &config, 1, argv, all_argc, all);
	} else if (problems.length > 0 || problems.failed) {
		fputs(buffer_text(&problems), stderr);
	} else if (as_flag && left_over(argc, argv)) {
		fprintf(stderr, "ninetwod: unknown argument %s\n", left_over(argc, argv));
	} else if (as_flag) {
		rc = run_command(as_flag, &config, 1, argv, all_argc, all);
	} else if (argc < 2) {
		print_usage(&config, argc, argv);
	} else {
		log_set_level((enum log_level)log_level_named(config.log_level));
		rc = run_command(argv[1], &config, argc - 1, argv + 1, all_argc, all);
	}
	buffer_clear(&problems);
	config_clear(&config);
	free(all);
	return rc;
}
