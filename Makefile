# ninetwo: `make help` lists the targets.
#
# Variants, each in a folder of its own below build/:  make ASAN=1   make DEBUG=1   make CC=clang   make WERROR=1   (combine freely)
# B=folder builds somewhere else altogether. WEB= leaves the browser client out.

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build

VERSION = 0.1.0
ifeq ($(origin CC),default)
CC = gcc
endif
AR = ar
Q = $(if $(V),,@)# V=1 shows the commands
SAY = @$(if $(V),:,printf '%-4s %s\n')
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local

variant := $(if $(filter-out gcc cc,$(notdir $(CC))),-$(notdir $(CC)))$(if $(ASAN),-asan)$(if $(DEBUG),-debug)$(if $(FUZZ),-fuzz)$(if $(WERROR),-werror)
B ?= build$(if $(variant),/$(patsubst -%,%,$(variant)))

# The browser client is the same in each variant.
WEB ?= $(if $(filter file,$(origin B)),build/web,$(B)/web)

# --- flags ------------------------------------------------------------------------------------------------------------------

libraries := libwebsockets libpq jansson openssl zlib
ifeq ($(shell pkg-config --exists $(libraries) 2>/dev/null && echo yes),yes)
# -isystem: the warnings below are about this project's code, not about the headers of libraries
PACKAGE_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(libraries)))
PACKAGE_LIBS := $(shell pkg-config --libs $(libraries))
endif

WARN = -Wall -Wextra -Wvla -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes $(if $(WERROR),-Werror)
ifdef FUZZ
HARDEN = -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -fPIE
HARDEN_LINK = -fsanitize=address,undefined -pie
OPTIMISE = -O1 -g
else ifdef ASAN
HARDEN = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -fPIE
HARDEN_LINK = -fsanitize=address,undefined -pie
OPTIMISE = -O1 -g
else ifdef DEBUG
HARDEN = -fstack-protector-strong -fPIE
HARDEN_LINK = -pie -Wl,-z,relro,-z,now
OPTIMISE = -O0 -g3
else
HARDEN = -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fPIE
HARDEN_LINK = -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack
OPTIMISE = -O2 -g
endif
# -D_GNU_SOURCE= (empty), so that a file that says `#define _GNU_SOURCE` itself says the same
CPPFLAGS += -Iserver -I. -D_GNU_SOURCE= -DNINETWO_VERSION='"$(VERSION)"'
CFLAGS += -std=c17 $(OPTIMISE) $(WARN) $(HARDEN) $(PACKAGE_CFLAGS)
LDFLAGS += $(HARDEN_LINK)
LDLIBS = $(PACKAGE_LIBS) -lev -lpthread -lm

# --- what there is ----------------------------------------------------------------------------------------------------------

server_c := $(sort $(shell find server -path server/web -prune -o -name '*.c' -print))
client_c := $(sort $(wildcard client-cli/*.c))
unit_c := $(sort $(wildcard tests/unit/test_*.c))
fake_c := $(sort $(filter-out $(unit_c) tests/unit/forward.c,$(wildcard tests/unit/*.c)))
system_c := $(sort $(wildcard tests/system/test_*.c))
harness_c := $(sort $(filter-out $(system_c),$(wildcard tests/system/*.c)))
bench_c := $(sort $(wildcard tests/bench/*.c))
fuzz_c := $(sort $(wildcard tests/fuzz/fuzz_*.c))
web_sources := $(sort $(shell find server/web -name node_modules -prune -o -print))

objects = $(patsubst %.c,$(B)/%.o,$(1))
server_o := $(filter-out $(B)/server/main.o,$(call objects,$(server_c))) $(B)/server/db/sql_files.o
sql_folders := $(addprefix sql/,migrations core rules nouns catalogues)
sql := sql/roles.sql $(sort $(wildcard $(addsuffix /*.sql,$(sql_folders)) $(addsuffix /*.csv,$(sql_folders))))
client_o := $(filter-out $(B)/client-cli/main.o,$(call objects,$(client_c)))
# What the client shares with the server: base knows nobody, so it can be linked into both.
base_o := $(filter $(B)/server/base/%,$(server_o))

unit := $(patsubst %.c,$(B)/%,$(unit_c))
system := $(patsubst %.c,$(B)/%,$(system_c))
fuzz := $(patsubst %.c,$(B)/%,$(fuzz_c))

.PHONY: build programs web install lint unit sql system browser asan fuzz bench mutants newcomer demo check docs docs-current dist clean help tests packages objects \
	fuzz-programs schema

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

build: programs web ## ninetwod, ninetwo and the browser client, below build/

programs: $(B)/ninetwod $(B)/ninetwo

web: $(WEB:%=%/index.html) ## the browser client alone (with npm, from its registry)

tests: programs $(unit) $(system) ## the test programs, without running them

# Every object there is, compiled and not linked.
objects: $(call objects,$(server_c) $(client_c) $(unit_c) $(fake_c) tests/unit/forward.c $(system_c) $(harness_c) $(bench_c) $(fuzz_c) docs/reference.c)

# --- how it is built --------------------------------------------------------------------------------------------------------

# Everything is compiled again when the flags change.
export BUILD_FLAGS = $(CC) $(CPPFLAGS) $(CFLAGS)
$(B)/flags: always
	@mkdir -p $(@D)
	@echo "$$BUILD_FLAGS" | cmp -s - $@ || echo "$$BUILD_FLAGS" >$@
.PHONY: always

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# sql/, built into ninetwod. (The folders are named too: a file that went away changes only them.)
$(B)/server/db/sql_files.c: server/db/embed.sh $(sql) $(wildcard $(sql_folders))
	@mkdir -p $(@D)
	$(Q)server/db/embed.sh >$@
$(B)/server/db/sql_files.o: $(B)/server/db/sql_files.c $(sql) $(B)/flags
	$(SAY) CC $<
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# Archives, so that a test may bring its own fake of a module: what the test defines itself is not taken from here. (q, not r: files in
# different folders may have one name.)
define archive
	@rm -f $@
	@$(AR) qcs $@ $(1)
endef
$(B)/libserver.a: $(server_o)
	$(call archive,$^)
$(B)/libclient.a: $(client_o)
	$(call archive,$^)
$(B)/libbase.a: $(base_o)
	$(call archive,$^)
$(B)/libfake.a: $(call objects,$(fake_c))
	$(call archive,$^)
$(B)/libharness.a: $(call objects,$(harness_c))
	$(call archive,$^)

define link
	$(SAY) LD $@
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(1) $(LDLIBS)
endef

# From the objects themselves: two functions of one name are an error here, and would not be in an archive.
$(B)/ninetwod: $(B)/server/main.o $(server_o)
	$(call link,$^)
$(B)/ninetwo: $(B)/client-cli/main.o $(client_o) $(B)/libbase.a
	$(call link,$^)

$(B)/tests/unit/test_cli_%: $(B)/tests/unit/test_cli_%.o $(B)/libfake.a $(B)/libclient.a $(B)/libserver.a
	$(call link,$^ -lcmocka)
# those whose clock is put forward
$(addprefix $(B)/tests/unit/test_,db_listener db_pool http rpc_call silence tls websocket): $(B)/tests/unit/forward.o
$(B)/tests/unit/test_%: $(B)/tests/unit/test_%.o $(B)/libfake.a $(B)/libserver.a
	$(call link,$(filter %.o,$^) $(filter-out %.o,$^) -lcmocka)
$(system): $(B)/%: $(B)/%.o $(B)/libharness.a $(B)/libclient.a $(B)/libserver.a
	$(call link,$^ -lcmocka)

$(B)/tests/fuzz/fuzz_cli_%: $(B)/tests/fuzz/fuzz_cli_%.o $(B)/libclient.a $(B)/libbase.a
	$(call link,$^ -fsanitize=fuzzer)
$(B)/tests/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(B)/libserver.a
	$(call link,$^ -fsanitize=fuzzer)

$(B)/tests/bench/bench: $(call objects,$(bench_c))
	$(call link,$^)

$(B)/docs/reference: $(B)/docs/reference.o $(B)/libclient.a $(B)/libbase.a
	$(call link,$^)

# What the lock files name, and nothing else.
node_modules := server/web/node_modules/.stamp tests/web/node_modules/.stamp
$(node_modules): %/node_modules/.stamp: %/package.json %/package-lock.json %/.npmrc
	$(SAY) NPM $*
	$(Q)cd $* && npm ci --no-progress >/dev/null && touch node_modules/.stamp

ifneq ($(WEB),)
$(WEB)/index.html: server/web/node_modules/.stamp $(web_sources)
	$(SAY) WEB $(WEB)
	$(Q)node server/web/build.mjs $(WEB)
endif

-include $(shell [ -d $(B) ] && find $(B) -name '*.d')

# --- tests ------------------------------------------------------------------------------------------------------------------

# One test is built alone.
named = $(if $(T),$(filter %/test_$(T:test_%=%),$(1)),$(1))

unit: $(B)/ninetwod $(call named,$(unit)) ## the cmocka programs of tests/unit (T=name runs one)
	deploy/unprivileged.sh tests/unit.sh $(B) $(T)

sql: $(B)/ninetwod ## the pgTAP files of tests/sql (T=name runs one)
	deploy/unprivileged.sh tests/sql.sh $(B) $(T)
	$(if $(T),,deploy/unprivileged.sh tests/schema.sh $(B) current)

schema: $(B)/ninetwod ## writes sql/schema.sql, the tables as the migrations leave them
	deploy/unprivileged.sh tests/schema.sh $(B) >build/schema.sql
	mv build/schema.sql sql/schema.sql

system: programs $(call named,$(system)) ## the real server on a real PostgreSQL, by the real protocol (T=name runs one)
	deploy/unprivileged.sh tests/system.sh $(B) $(T)

browser: programs web tests/web/node_modules/.stamp ## the browser client in Chromium (T=name runs one; PICTURES=folder keeps what was seen)
	deploy/unprivileged.sh tests/web.sh $(B) $(WEB) $(T)

fuzz: ## fuzzes every parser of outside bytes, each for FUZZ_SECONDS (60)
	@$(MAKE) --no-print-directory -j$(JOBS) CC=clang FUZZ=1 fuzz-programs
	deploy/unprivileged.sh tests/fuzz.sh build/clang-fuzz $(or $(FUZZ_SECONDS),60) $(T)
fuzz-programs: $(fuzz)

asan: ## unit and system tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory -j$(JOBS) ASAN=1 tests
	@$(MAKE) --no-print-directory ASAN=1 unit
	@$(MAKE) --no-print-directory ASAN=1 system

bench: programs $(B)/tests/bench/bench ## speed and size in ratios, side by side with pgbench (FULL=1: a million findings)
	FULL=$(FULL) deploy/unprivileged.sh tests/bench.sh $(B)

mutants: ## puts faults in, one at a time, and runs the tests that must find them: tests/mutants (T=path: those of such files)
	node tests/mutants.mjs $(T)

newcomer: ## `make demo` and `make check` in bare Debian 12 and 13 roots (root only, long)
	deploy/newcomer.sh

packages: ## installs what is missing of Debian's packages for all of this
	deploy/packages.sh check

check: packages ## installs what is missing, builds, and runs every test
	tests/check.sh

demo: ## builds, plays an audit with several people signed in at once, then goes on serving (ONCE=1: ends after it)
	@deploy/packages.sh build
	@$(MAKE) --no-print-directory -j$(JOBS) programs
	@$(MAKE) --no-print-directory web || echo 'The browser client was not built: npm could not do it here. The demo goes on without.'
	@deploy/unprivileged.sh deploy/demo.sh $(B) "$(WEB)" $(ONCE)

install: build ## programs, browser client, completion for bash, systemd units and an example configuration (PREFIX, DESTDIR)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/ninetwo $(DESTDIR)$(PREFIX)/share/ninetwo $(DESTDIR)/etc/ninetwo
	install -m 755 $(B)/ninetwod $(B)/ninetwo $(DESTDIR)$(PREFIX)/bin
	install -m 755 deploy/backup.sh deploy/restore.sh deploy/container.sh $(DESTDIR)$(PREFIX)/lib/ninetwo
	rm -rf $(DESTDIR)$(PREFIX)/share/ninetwo/web
	$(if $(WEB),install -d $(DESTDIR)$(PREFIX)/share/ninetwo/web && install -m 644 $(WEB)/* $(DESTDIR)$(PREFIX)/share/ninetwo/web)
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/lib/systemd/system
	$(B)/ninetwo completion >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/ninetwo
	install -m 644 deploy/ninetwod.service deploy/ninetwod.socket $(DESTDIR)$(PREFIX)/lib/systemd/system
	[ -e $(DESTDIR)/etc/ninetwo/ninetwod.conf ] || install -m 644 deploy/ninetwod.conf $(DESTDIR)/etc/ninetwo

dist: ## the source as an archive below build/
	@mkdir -p build
	git archive --format=tar.gz --prefix=ninetwo-$(VERSION)/ -o build/ninetwo-$(VERSION).tar.gz HEAD
	@echo build/ninetwo-$(VERSION).tar.gz

lint: ## the house rules, and no warning from either compiler
	@$(MAKE) --no-print-directory -k -j$(JOBS) WERROR=1 CC=gcc objects
	@$(MAKE) --no-print-directory -k -j$(JOBS) WERROR=1 CC=clang objects
	tests/lint.sh

docs: programs $(B)/docs/reference ## writes docs/reference.md, and the browser client's types, from the server's own description
	@deploy/unprivileged.sh docs/reference.sh $(B) page >$(B)/reference.md
	@deploy/unprivileged.sh docs/reference.sh $(B) types >$(B)/methods.ts
	cp $(B)/reference.md docs/reference.md
	cp $(B)/methods.ts server/web/wire/methods.ts

# That the pages of docs/ still say what the programs say.
docs-current: programs $(B)/docs/reference
	deploy/unprivileged.sh docs/reference.sh $(B) current

clean: ## removes build/, and what npm brought
	rm -rf build server/web/node_modules tests/web/node_modules
