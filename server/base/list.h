/* list.h - intrusive doubly linked lists. What an object is doing is the list it is on.
 *
 * A node that is on no list points at itself after list_init; list_remove leaves it so, and may be called again. */
#ifndef NINETWO_BASE_LIST_H
#define NINETWO_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {			/* a head, or a node within an object */
	struct list *next, *prev;
};

#define LIST_ITEM(node, type, member) ((type *)(void *)((char *)(node) - offsetof(type, member)))

/* The current node may be removed within the loop; no other may. */
#define LIST_EACH(node, after, head) \
	for ((node) = (head)->next, (after) = (node)->next; (node) != (head); (node) = (after), (after) = (node)->next)

static inline void list_init(struct list *l)
{
	l->next = l->prev = l;
}

static inline bool list_empty(const struct list *l)
{
	return l->next == l;
}

static inline void list_append(struct list *head, struct list *node)
{
	node->next = head;
	node->prev = head->prev;
	head->prev->next = node;
	head->prev = node;
}

static inline void list_remove(struct list *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	list_init(node);
}

/* Takes node off whatever list it is on and puts it at the end of head. */
static inline void list_move(struct list *head, struct list *node)
{
	list_remove(node);
	list_append(head, node);
}

/* The first node, or NULL. */
static inline struct list *list_first(struct list *head)
{
	return list_empty(head) ? NULL : head->next;
}

#endif
