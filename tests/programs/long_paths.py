"""Folders deeper than the longest path, reached by descriptors."""

import os
import shutil
import tempfile

base = tempfile.mkdtemp()
fd = os.open(base, os.O_RDONLY | os.O_DIRECTORY)
for i in range(24):
    os.mkdir("d" * 200, dir_fd=fd)
    inner = os.open("d" * 200, os.O_RDONLY | os.O_DIRECTORY, dir_fd=fd)
    os.close(fd)
    fd = inner
f = os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=fd)
os.write(f, b"x")
os.close(f)
print(os.listdir(fd), [e.name for e in os.scandir(fd)], os.stat("file", dir_fd=fd).st_size)
os.symlink("file", "link", dir_fd=fd)
print(os.readlink("link", dir_fd=fd), os.stat("link", dir_fd=fd).st_size)
entries = sorted(os.scandir(fd), key=lambda e: e.name)
print([(e.name, e.is_symlink(), e.stat().st_size) for e in entries])
os.rename("file", "file2", src_dir_fd=fd, dst_dir_fd=fd)
print(sorted(os.listdir(fd)))
os.close(fd)
shutil.rmtree(base)
print(os.path.exists(base))
