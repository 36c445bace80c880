import torch

x = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)

a = x ** 2
b = a ** 2
c = a ** 2
y = b + c

for variable in [a, b, c, y]:
    variable.retain_grad()

y.backward()

print("y =", y.data)
print("x.grad =", x.grad)
