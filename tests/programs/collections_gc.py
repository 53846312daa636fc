# Garbage in cycles: counts, saved garbage, generations, callbacks, automatic collections.
import gc
import weakref


class Node:
    pass


def lost(make):
    thing = make()
    gc.collect()
    del thing
    return gc.collect()


def cycle_list():
    a = []
    a.append(a)
    return a


def cycle_dict():
    d = {}
    d["self"] = d
    return d


def cycle_tuple():
    a = []
    t = (a,)
    a.append(t)
    return t


def pair():
    a, b = Node(), Node()
    a.other, b.other = b, a
    return a


def chain():
    a, b = Node(), []
    a.me, a.more = a, b
    b.append(Node())
    return a


print(lost(cycle_list), lost(cycle_dict), lost(cycle_tuple), lost(pair), lost(chain))
print(lost(list), lost(dict), lost(lambda: [[], {}]), lost(Node))
print(lost(lambda: type("T", (), {})) > 0)

events = []
gc.callbacks.append(lambda phase, info: events.append((phase, info["generation"], info["collected"])))
print(lost(pair), events)
gc.callbacks.clear()

a = cycle_list()
gc.collect()
gc.set_debug(gc.DEBUG_SAVEALL)
del a
print(gc.collect(), [x[0] is x for x in gc.garbage])
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect())

x = []
x.append(x)
print([any(o is x for o in gc.get_objects(generation=g)) for g in range(3)])
gc.collect(0)
print([any(o is x for o in gc.get_objects(generation=g)) for g in range(3)], gc.get_count()[1:])
gc.collect(1)
print([any(o is x for o in gc.get_objects(generation=g)) for g in range(3)], gc.get_count()[1:])


class Back:
    kept = []

    def __del__(self):
        Back.kept.append(self)


b = Back()
b.me = b
n = pair()
gc.collect()
del b, n
print(gc.collect(), len(Back.kept), gc.is_finalized(Back.kept[0]))
Back.kept.clear()
print(gc.collect(), len(Back.kept))


def wait(limit):
    done = []
    node = Node()
    node.me = node
    ref = weakref.ref(node, lambda r: done.append(1))
    del node
    junk = []
    for i in range(limit):
        if done:
            return True
        junk.append([])
    return False


print(wait(100000))
gc.disable()
print(wait(10000), gc.isenabled())
gc.enable()
threshold = gc.get_threshold()
gc.set_threshold(0)
print(wait(10000), gc.isenabled())
gc.set_threshold(*threshold)
print(wait(100000))
