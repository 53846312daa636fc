"""Threads that wait for pipes, children and sockets through file objects."""
import os
import queue
import select
import socket
import subprocess
import threading
import time
# producer/consumer over os.pipe + fdopen in both directions
r1,w1=os.pipe(); r2,w2=os.pipe()
def echo():
    fi=os.fdopen(r1,'r'); fo=os.fdopen(w2,'w')
    for line in fi:
        fo.write(line.upper()); fo.flush()
    fo.close()
    print('echo end')
t=threading.Thread(target=echo); t.start()
fo=os.fdopen(w1,'w'); fi=os.fdopen(r2,'r')
for i in range(3):
    print('hello', i, file=fo, flush=True)
    print(fi.readline().rstrip())
fo.close()
print(repr(fi.read())); t.join()
# big writes
r,w=os.pipe()
def prod():
    with os.fdopen(w,'wb') as f:
        f.write(b'x'*300000)
        f.write(b'\nend\n')
t=threading.Thread(target=prod); t.start()
f=os.fdopen(r,'rb')
a=f.readline(); b=f.readline(); print(len(a), b, f.readline()); t.join()
# three children with threads
out={}
def work(n):
    p=subprocess.Popen(['sh','-c',f'for i in 1 2 3; do read x; echo {n} $x; done; echo err {n} >&2'],stdin=subprocess.PIPE,stdout=subprocess.PIPE,stderr=subprocess.PIPE,text=True)
    res=[]
    for k in range(3):
        p.stdin.write(f'{k}\n'); p.stdin.flush()
        res.append(p.stdout.readline())
    res.append(p.communicate())
    res.append(p.wait())
    out[n]=res
ts=[threading.Thread(target=work,args=(i,)) for i in range(3)]
for t in ts: t.start()
for t in ts: t.join()
for k in sorted(out): print(k,out[k])

# socketpair in thread
a,b=socket.socketpair()
def srv():
    while True:
        d=b.recv(100)
        if not d: break
        b.sendall(d.upper())
    b.close()
t=threading.Thread(target=srv); t.start()
a.sendall(b'abc'); print(a.recv(10)); a.sendall(b'def'); print(a.recv(10)); a.shutdown(socket.SHUT_WR); t.join(); a.close()
# makefile
a,b=socket.socketpair()
def srv2():
    f=b.makefile('rb'); g=b.makefile('wb')
    for line in f:
        g.write(b'> '+line); g.flush()
    f.close(); g.close(); b.close()
t=threading.Thread(target=srv2); t.start()
f=a.makefile('r'); 
a.sendall(b'one\ntw'); print(f.readline()); a.sendall(b'o\n'); print(f.readline()); a.shutdown(socket.SHUT_WR); t.join(); print(repr(f.read()))
# text makefile rw
a,b=socket.socketpair()
def srv3():
    f=b.makefile('rw', encoding='utf-8', newline='\n')
    for line in f:
        print(line.strip()*2, file=f, flush=True)
t=threading.Thread(target=srv3, daemon=True); t.start()
f=a.makefile('rw')
for i in range(3):
    f.write(f'x{i}\n'); f.flush(); print(f.readline(), end='')
# select / poll in thread
r,w=os.pipe()
def sel():
    print(select.select([r],[],[],5)[0]==[r]); print(os.read(r,5))
    p=select.poll(); p.register(r, select.POLLIN); print(len(p.poll(5000))); print(os.read(r,5))
t=threading.Thread(target=sel); t.start()
time.sleep(.05); os.write(w,b'hello'); time.sleep(.05); os.write(w,b'again'); t.join()
# Popen wait in thread
def wt():
    p=subprocess.Popen(['sh','-c','sleep 0.2; exit 3']); print('rc', p.wait())
t=threading.Thread(target=wt); t0=time.time(); t.start()
n=0
while t.is_alive(): n+=1; time.sleep(.01)
print('main ran', n>5)
# queue + iter
q=queue.Queue()
r,w=os.pipe(); fr=os.fdopen(r,'rb'); fw=os.fdopen(w,'wb',0)
def reader():
    for l in iter(fr.readline, b''): q.put(l)
    q.put(None)
t=threading.Thread(target=reader, daemon=True); t.start()
for i in range(3): fw.write(b'l%d\n'%i); print(q.get())
fw.close(); print(q.get())
# read(n), readinto, read1, peek, next default
r,w=os.pipe(); fr=os.fdopen(r,'rb'); fw=os.fdopen(w,'wb',0)
def many():
    print(fr.read(5)); b=bytearray(4); print(fr.readinto(b), b); print(fr.read1()); print(fr.peek()[:2]); print(fr.readline()); print(next(fr)); print(fr.readlines()); print(next(fr,'dflt'))
t=threading.Thread(target=many); t.start()
for piece in [b'ab',b'cde',b'12',b'34',b'one',b'pe',b'ek\n',b'nx',b't\n',b'a\nb',b'\nc']:
    fw.write(piece); time.sleep(.03)
fw.close(); t.join()
# daemon blocked at exit
r,w=os.pipe()
def blocked():
    os.fdopen(r,'rb').read()
threading.Thread(target=blocked, daemon=True).start()
time.sleep(.02); print('bye')
# three pipelines, each of two threads; a closed reader
def stage(src, dst, f):
    with os.fdopen(src, 'r') as i, os.fdopen(dst, 'w') as o:
        for line in i:
            print(f(line.strip()), file=o, flush=True)
pipes=[]
for k in range(3):
    a,b,c=os.pipe(),os.pipe(),os.pipe()
    for args in ((a[0],b[1],str.upper),(b[0],c[1],lambda s: s[::-1])):
        threading.Thread(target=stage,args=args).start()
    pipes.append((os.fdopen(a[1],'w'),os.fdopen(c[0],'r')))
for n in range(2):
    for k,(o,i) in enumerate(pipes): print(f'abc{k}{n}',file=o,flush=True)
    for o,i in pipes: print(i.readline().strip())
for o,i in pipes: o.close(); print(repr(i.read()))
# a bound method made before its thread, and under an exception that is handled
r,w=os.pipe(); f=os.fdopen(r,'rb')
t=threading.Thread(target=f.readline); t.start(); os.write(w,b'x\n'); t.join()
try:
    raise ValueError
except ValueError:
    t=threading.Thread(target=f.read); t.start(); os.close(w); t.join()
print('end', end='\n', flush=True)
