import numpy as np
from engine import Variable, add, mul

x = Variable(np.array(-2.0))
y = Variable(np.array(5.0))
z = Variable(np.array(-4.0))

q = add(x, y)
f = mul(q, z)

f.backward()

print("f =", f.data)
print("x.grad =", x.grad)
print("y.grad =", y.grad)
print("z.grad =", z.grad)
