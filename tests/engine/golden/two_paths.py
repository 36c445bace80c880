import numpy as np
from engine import Variable, add, mul

a = Variable(np.array(2.0))
b = Variable(np.array(1.0))

c = add(a, b)
d = add(b, 1.0)
e = mul(c, d)

e.backward()

print("e =", e.data)
print("a.grad =", a.grad)
print("b.grad =", b.grad)
