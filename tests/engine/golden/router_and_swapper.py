import numpy as np
from engine import Variable, mul, Max, add

x = Variable(np.array(3.0))
y = Variable(np.array(-4.0))
z = Variable(np.array(2.0))
w = Variable(np.array(-1.0))

p = mul(x, y)
m = Max()(z, w)
s = add(p, m)
f = mul(s, 2.0)

f.backward()

print("f =", f.data)
print("x.grad =", x.grad)
print("y.grad =", y.grad)
print("z.grad =", z.grad)
print("w.grad =", w.grad)
