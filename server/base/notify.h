/* notify.h - telling the service manager (systemd) how we are. */
#ifndef NINETWO_BASE_NOTIFY_H
#define NINETWO_BASE_NOTIFY_H

/* Sends a line such as "READY=1" to $NOTIFY_SOCKET; does nothing when there is none. */
void notify_service(const char *state);

#endif
