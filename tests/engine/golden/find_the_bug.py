import numpy as np
from engine import Variable, mul, add

a = Variable(np.array(-2.0))
b = Variable(np.array(3.0))

d = mul(a, b)
e = add(a, b)
f = mul(d, e)

f.backward()

print("f =", f.data)
print("a.grad =", a.grad)
print("b.grad =", b.grad)
