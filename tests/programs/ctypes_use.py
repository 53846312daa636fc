# ctypes' data types: layouts, arrays, pointers, strings, callbacks, errors
import ctypes
import pickle
import struct
from ctypes import *


def err(f):
    try:
        return f()
    except Exception as e:
        return f'{type(e).__name__}: {e}'


class Header(Structure):
    _fields_ = [('magic', c_char * 4), ('version', c_uint16), ('flags', c_uint8, 3),
                ('mode', c_uint8, 5), ('size', c_uint64), ('ratio', c_double)]


h = Header(b'GOPY', 7, 5, 17, 2**40, 0.5)
print(sizeof(Header), alignment(Header), bytes(h))
print(h.magic, h.version, h.flags, h.mode, h.size, h.ratio)
for name, *_ in Header._fields_:
    print(getattr(Header, name))
print(struct.unpack('4sHBxQd', bytes(h)))
h.flags = 9
print(h.flags, err(lambda: setattr(h, 'magic', b'12345')), err(lambda: Header(1)))
print(Header.from_buffer_copy(bytes(h)).size)


class Packed(Structure):
    _layout_ = 'ms'
    _pack_ = 1
    _fields_ = [('a', c_char), ('b', c_int), ('c', c_short)]


class Big(BigEndianStructure):
    _fields_ = [('a', c_uint16), ('b', c_uint32), ('c', c_float)]


print(sizeof(Packed), Packed.b.offset, sizeof(Big), bytes(Big(1, 2, 1.5)))


class Num(Union):
    _fields_ = [('i', c_int32), ('f', c_float), ('b', c_ubyte * 4)]


class Box(Structure):
    _anonymous_ = ['u']
    _fields_ = [('kind', c_int), ('u', Num)]


class Bigger(Box):
    _fields_ = [('more', c_longlong)]


b = Bigger(1, more=5)
b.f = 1.0
print(hex(b.i), b.b[:], b.more, sizeof(Bigger), Bigger.f.offset, Bigger.u.is_anonymous)

# numbers wrap, strings don't
print(c_byte(200), c_ushort(-1), c_int(2**31), c_bool([]), c_char(b'x'), c_wchar('\u20ac'))
print(err(lambda: c_int('1')), err(lambda: c_char(b'ab')), err(lambda: c_float(None)))
print(c_longdouble(1.1).value, c_double_complex(1 + 2j).value, c_int.__ctype_be__(1), bytes(c_int.__ctype_be__(1)))

# arrays
a = (c_int * 5)(*range(5))
a[1:4] = [10, 20, 30]
print(a[:], a[::-2], len(a), err(lambda: a[5]), err(lambda: (c_int * 2)(1, 2, 3)))
m = memoryview((c_short * 3 * 2)())
print(m.format, m.shape, m.itemsize, m.nbytes, m.readonly)
s = create_string_buffer(b'hello', 10)
print(s.value, s.raw, s[1:4], sizeof(s))
u = create_unicode_buffer('na\xefve')
print(u.value, u[::-1], len(u))
data = bytearray(8)
view = c_uint32.from_buffer(data, 4)
view.value = 0x01020304
print(data, err(lambda: data.append(1)), err(lambda: c_uint32.from_buffer(data, 6)))

# pointers
i = c_int(42)
p = pointer(i)
p.contents.value += 1
p[0] += 1
print(i, p.contents, bool(p), bool(POINTER(c_int)()), err(lambda: POINTER(c_int)().contents))
q = cast(a, POINTER(c_int))
print(q[0:5], q[3], cast(q, c_void_p).value == addressof(a))
c = c_int.from_address(addressof(a) + 8)
c.value = -7
print(a[:], string_at(addressof(s), 3), wstring_at(u, 2), string_at(c_char_p(b'zero\0end')))
memset(a, 255, 4)
memmove(addressof(a) + 4, byref(c_int(99)), 4)
print(a[:])


class Node(Structure):
    pass


Node._fields_ = [('value', c_int), ('next', POINTER(Node))]
n2 = Node(2)
n1 = Node(1, pointer(n2))
print(n1.next.contents.value, bool(n2.next), n1._objects is not None, err(lambda: pickle.dumps(n1)))
print(pickle.loads(pickle.dumps(h)).size, err(lambda: setattr(Node, '_fields_', [])))

# functions made from Python's
CMP = CFUNCTYPE(c_int, POINTER(c_int), c_char_p)


@CMP
def cmp(x, text):
    return x[0] + len(text)


print(cmp(i, b'abc'), cmp(byref(i), None) if 0 else '', err(lambda: cmp(1, b'')), err(lambda: cmp(i)))
cmp.errcheck = lambda result, func, args: (result, func is cmp, len(args))
print(cmp(p, b'12'))
print(CFUNCTYPE(c_short, c_int)(lambda x: x)(70000), CFUNCTYPE(py_object, py_object)(lambda x: [x])('o'))
print(CFUNCTYPE(None, c_int)(lambda x: x)(1), bool(CMP()), err(lambda: CFUNCTYPE(Node)(int)))


class Param:
    _as_parameter_ = 5


print(CFUNCTYPE(c_int, c_int)(lambda x: x * 2)(Param()), c_int.from_param(3), c_char.from_param(b'q'))
set_errno(3)
print(set_errno(0), get_errno(), err(lambda: sizeof(3)), err(lambda: resize(c_int(), 1)))
print(type(err(lambda: pythonapi.no_such_symbol)).__name__, hasattr(pythonapi, 'no_such_symbol'))
print(err(lambda: CDLL('no-such-library.so'))[:7], repr(p).split(' at ')[0], repr(cmp).split(' at ')[0])
